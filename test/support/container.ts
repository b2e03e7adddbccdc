import { execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { userInfo } from 'node:os'

export type Confinement = {
  /** A user of this machine; only root can change to it. */
  user: string
  env: Record<string, string>
  /** A path inside: of a volume or a tmpfs. */
  cwd?: string
  /** Folders that are empty and writable, as compose.yaml says them: `path`, or `path:mode=1777`. */
  tmpfs: string[]
  /** What is mounted inside: its path there, and here. */
  volumes: { to: string; from: string; writable?: boolean }[]
}

export type Confined = {
  output(): string
  over(): boolean
  kill(signal: NodeJS.Signals): void
  ended: Promise<{ code: number | null; output: string }>
  /** Runs a command inside, as a health check of Docker does. */
  within(command: string[]): Promise<{ code: number | null; output: string }>
}

/** Whether this process may confine others: it is root, and namespaces are allowed here. */
export const canConfine = ((): boolean => {
  if (process.platform !== 'linux' || userInfo().uid !== 0) return false
  try {
    execFileSync('unshare', ['--mount', 'setpriv', '--no-new-privs', 'true'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

/** Mounts what the arguments before `--` say, makes the rest read-only, and gives up every right. */
const enter = `
mount -t tmpfs -o mode=755 tmpfs /mnt
while [ "$1" != -- ]; do
  case "$1" in
    volume) if [ -d "$2" ]; then mkdir -p "$3"; else mkdir -p "$(dirname "$3")"; touch "$3"; fi
      mount --bind "$2" "$3"; [ "$4" = rw ] || mount -o remount,bind,ro "$3"; shift 4;;
    tmpfs) mkdir -p "$2"; mount -t tmpfs -o "$3" tmpfs "$2"; shift 3;;
    ro) mount -o remount,bind,ro /; mount -o remount,ro /mnt; shift;;
  esac
done
shift; cd "$1"; user="$2"; shift 2
exec setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all "$@"`

/**
 * Starts a process as a container with \`read_only\`, \`cap_drop: [ALL]\` and \`no-new-privileges\` would: as this user, with
 * nothing writable but its volumes and tmpfs. Files and network are this machine's. Where that is not allowed the
 * process runs unconfined, on the same files.
 */
export const confine = (command: string[], at: Confinement): Confined => {
  // A mount needs a folder that is there: what an image has and this machine has not lies under /mnt.
  const tmpfs = at.tmpfs.map((one) => {
    const [path = '', options = 'mode=1777'] = one.split(/:(.*)/)
    return { path, inside: existsSync(path) ? path : `/mnt${path}`, options }
  })
  const places = [
    ...at.volumes.map(({ to, from }) => [to, canConfine ? `/mnt${to}` : from] as const),
    ...tmpfs.map(({ path, inside }) => [path, canConfine ? inside : path] as const),
  ].toSorted(([a], [b]) => b.length - a.length)
  const placed = (text: string) =>
    places.reduce(
      (result, [to, inside]) =>
        result.replace(new RegExp(`(^|[\\s=:])${to}(?=$|[\\s/:])`, 'g'), `$1${inside}`),
      text,
    )
  const env = Object.fromEntries(Object.entries(at.env).map(([name, text]) => [name, placed(text)]))
  const cwd = placed(at.cwd ?? '/')
  const words = command.map(placed)
  const mounts = [
    ...at.volumes.flatMap(({ to, from, writable }) => ['volume', from, `/mnt${to}`, writable ? 'rw' : 'ro']),
    ...tmpfs.filter(({ inside }) => inside.startsWith('/mnt')).flatMap(mount),
    'ro',
    ...tmpfs.filter(({ inside }) => !inside.startsWith('/mnt')).flatMap(mount),
  ]
  if (!canConfine) return watch(words, env, existsSync(cwd) ? cwd : '/', null)
  const unshare = ['unshare', '--mount', '--propagation', 'private', 'sh', '-euc', enter, 'enter']
  return watch([...unshare, ...mounts, '--', cwd, at.user, ...words], env, '/', at.user)
}

const mount = ({ inside, options }: { inside: string; options: string }) => ['tmpfs', inside, options]

const watch = (
  [file = '', ...args]: string[],
  env: Record<string, string>,
  cwd: string,
  user: string | null,
): Confined => {
  const child = spawn(file, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      output += text
    })
  let over = false
  const ended = new Promise<{ code: number | null; output: string }>((resolve) =>
    child.on('close', (code) => {
      over = true
      resolve({ code, output })
    }),
  )
  const inside = user === null ? [] : ['nsenter', `--target=${child.pid}`, '--mount', '--wd=/']
  const as = user === null ? [] : ['setpriv', `--reuid=${user}`, '--clear-groups', '--no-new-privs', '--']
  return {
    output: () => output,
    over: () => over,
    kill: (signal) => child.kill(signal),
    ended,
    within: (command) => watch([...inside, ...as, ...command], env, '/', null).ended,
  }
}
