/** A parsed Dockerfile, with the features that ours uses: no build arguments, no heredocs. */
export type Step =
  | { kind: 'run'; command: string }
  | { kind: 'copy'; from: string | undefined; sources: string[]; to: string }

export type Stage = {
  name: string
  base: string
  /** Absolute path inside the image. */
  workdir: string
  env: Record<string, string>
  user: string
  stopSignal: string
  healthcheck: string[]
  command: string[]
  steps: Step[]
}

/** Parses a Dockerfile. Throws for an unknown instruction, so that no test ignores one. */
export const parseDockerfile = (text: string): Stage[] => {
  const stages: Stage[] = []
  for (const [word, rest] of instructions(text)) {
    if (word === 'FROM') stages.push(newStage(rest))
    else apply(stages.at(-1) ?? newStage('scratch'), word, rest)
  }
  return stages
}

const instructions = (text: string): [string, string][] =>
  text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .replace(/\\\n\s*/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, word = '', rest = ''] = /^(\S+)\s+(.*)$/.exec(line) ?? []
      return [word, rest.trim()]
    })

const newStage = (from: string): Stage => {
  const [base = '', name = ''] = from.split(/\s+AS\s+/i)
  const empty = { env: {}, user: 'root', stopSignal: 'SIGTERM', healthcheck: [], command: [], steps: [] }
  return { name, base, workdir: '/', ...empty }
}

const apply = (stage: Stage, word: string, rest: string): void => {
  switch (word) {
    case 'WORKDIR':
      stage.workdir = rest
      return
    case 'ENV': {
      const [, name = '', quoted, plain = ''] = /^(\w+)=(?:"(.*)"|(\S*))$/.exec(rest) ?? []
      stage.env[name] = quoted ?? plain
      return
    }
    case 'USER':
      stage.user = rest
      return
    case 'STOPSIGNAL':
      stage.stopSignal = rest
      return
    case 'EXPOSE':
      return
    case 'CMD':
      stage.command = JSON.parse(rest)
      return
    case 'HEALTHCHECK':
      stage.healthcheck = JSON.parse(rest.replace(/^.*?\bCMD\s+/, ''))
      return
    case 'RUN':
      stage.steps.push({ kind: 'run', command: rest })
      return
    case 'COPY':
      stage.steps.push(copyStep(rest))
      return
    default:
      throw new Error(`${word} is not understood here`)
  }
}

const copyStep = (rest: string): Step => {
  const words = rest.split(/\s+/)
  const flags = words.filter((one) => one.startsWith('--'))
  const paths = words.filter((one) => !one.startsWith('--'))
  const from = flags.find((one) => one.startsWith('--from='))?.slice('--from='.length)
  return { kind: 'copy', from, sources: paths.slice(0, -1), to: paths.at(-1) ?? '' }
}

/** Whether `.dockerignore` excludes a path; its last matching line decides. */
export const readIgnore = (text: string): ((path: string) => boolean) => {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return (path) =>
    lines.reduce((ignored, line) => {
      const pattern = line.replace(/^!/, '')
      const matches = pattern === '*' || path === pattern || path.startsWith(`${pattern}/`)
      return matches ? !line.startsWith('!') : ignored
    }, false)
}
