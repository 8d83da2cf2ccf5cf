import type pg from 'pg'

/** Every table of a database as text, bytes written out in hexadecimal: what whoever steals a backup reads. */
export async function dumpOf(superuser: pg.Client): Promise<string> {
  const { rows } = await superuser.query<{ name: string }>(`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`)
  const texts: string[] = []
  for (const { name } of rows) {
    const { rows: found } = await superuser.query<{ row: string }>(
      `select t::text as row from ${name} t`,
    )
    texts.push(...found.map(({ row }) => row))
  }
  return texts.join('\n')
}

/** The words that can be read in a text: as they are, in hexadecimal, or in base64 wherever they begin in it. */
export function readableIn(text: string, words: readonly string[]): string[] {
  return words.filter((word) => spellings(word).some((spelling) => text.includes(spelling)))
}

function spellings(word: string): string[] {
  const bytes = Buffer.from(word)
  const base64 = [0, 1, 2].map((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes])
    // The characters at both ends depend on what stands beside the word.
    const from = Math.ceil((before * 8) / 6)
    return whole.toString('base64url').slice(from, Math.floor((whole.length * 8) / 6))
  })
  const percent = encodeURIComponent(word)
  return [
    word,
    bytes.toString('hex'),
    JSON.stringify(word).slice(1, -1),
    percent,
    ...base64,
  ].concat(base64.map((one) => one.replaceAll('-', '+').replaceAll('_', '/')))
}
