/** One change of one file. */
export interface Edit {
  /** Path from the root of the checkout. */
  readonly file: string
  /** Occurs exactly once in the file. */
  readonly find: string
  readonly replace: string
}

/** A control, and the mutation that removes it. */
export interface Control {
  readonly id: string
  /** What the control prevents, in one sentence. */
  readonly prevents: string
  /** Together they remove it; several where one layer alone would still be held by another. */
  readonly edits: readonly Edit[]
  /** The test that must fail without it: its file, and words of its title as they stand there. */
  readonly killedBy: { readonly file: string; readonly test: string }
}

/** Reads a file of the checkout; nothing where there is none. */
export type Read = (path: string) => string | undefined

/** Why the list and the sources do not fit together, a sentence each; an empty list where they do. */
export function misfits(controls: readonly Control[], read: Read): string[] {
  const ids = controls.map(({ id }) => id)
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at)
  return [
    ...twice.map((id) => `two controls are called ${id}: give each a name of its own`),
    ...controls.flatMap((control) => [...editFaults(control, read), ...testFaults(control, read)]),
  ]
}

function editFaults({ id, edits }: Control, read: Read): string[] {
  const none = edits.length === 0 ? [`${id} changes nothing: name what removes the control`] : []
  return none.concat(
    edits.flatMap(({ file, find, replace }) => {
      const text = read(file)
      if (text === undefined) return [`${id} changes ${file}, which is not there`]
      const times = text.split(find).length - 1
      if (times !== 1) {
        return [
          `${id} must find its text exactly once in ${file}, and finds it ${times} times: ${find}`,
        ]
      }
      return find === replace ? [`${id} changes nothing in ${file}`] : []
    }),
  )
}

function testFaults({ id, killedBy: { file, test } }: Control, read: Read): string[] {
  const text = read(file)
  if (text === undefined) return [`${id} is killed by ${file}, which is not there`]
  return text.includes(test) ? [] : [`${id} is killed by a test that ${file} lacks: ${test}`]
}
