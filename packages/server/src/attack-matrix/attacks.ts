/** The same path as other programs may understand it: none of them is to be answered. */
export function* disguises(path: string): Generator<string> {
  const [, door = '', ...rest] = path.split('/')
  const below = rest.length === 0 ? '' : `/${rest.join('/')}`
  yield `/${path}`
  yield `${path}/`
  yield `${path}//`
  yield `/.${path}`
  yield `/x/..${path}`
  yield `/x/%2e%2e${path}`
  yield `/x/%2e%2e%2f${path.slice(1)}`
  yield `/x/..%5c${path.slice(1)}`
  yield `/${door}/../${door}${below}`
  yield `/${door}/.${below}`
  yield `/${door}//${rest.join('/')}`
  yield `/${door};v=1${below}`
  yield `${path};v=1`
  yield `${path}%00`
  yield `${path}%00.png`
  yield `${path}%20`
  yield `${path}%0d%0aX-Injected:%20yes`
  yield `/%6c${path.slice(2)}`
  yield `/%c0%ae%c0%ae${path}`
  yield `${path}/%c0%ae%c0%ae/`
  yield `${path}/%ff`
  yield `${path}%2f`
  yield `${path}%`
  yield `${path}\\`
  yield path.toUpperCase()
  yield path.replace('.html', '%2ehtml')
  yield path.replace('/link', '\\link')
}

/** Secrets that are not the right one, as they stand in an address; undefined: none at all. */
export function wrongSecrets(right: string): (string | undefined)[] {
  const [first = '', ...rest] = right
  const flipped = (first === 'a' ? 'b' : 'a') + rest.join('')
  const last = right.slice(0, -1) + (right.endsWith('A') ? 'B' : 'A')
  return [
    undefined,
    '',
    right.slice(0, -1),
    right.slice(0, 36),
    right.slice(0, 37),
    `${right}A`,
    `${right}.${right}`,
    flipped,
    last,
    right.toUpperCase(),
    right.replaceAll('_', '-'),
    `${right}%00`,
    `%00${right}`,
    `${right}%20`,
    `${right}%0d%0aX-Injected:%20yes`,
    `${right}%C0%AE`,
    `${right}%FF`,
    `${'0'.repeat(8)}_0000_0000_0000_${'0'.repeat(12)}.${'A'.repeat(43)}`,
    'A'.repeat(8000),
    `${right}&sh=${right}&dl=${right}`,
    "'%20or%20'1'='1",
    '%7B%22$ne%22:null%7D',
  ].filter((secret) => secret !== right)
}
