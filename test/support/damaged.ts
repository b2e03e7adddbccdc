/** The same value with another letter in the middle: what a bad disk, or somebody, makes of it. */
export const damaged = (sealed: string): string => {
  const middle = Math.floor(sealed.length / 2)
  return sealed.slice(0, middle) + (sealed[middle] === 'A' ? 'B' : 'A') + sealed.slice(middle + 1)
}
