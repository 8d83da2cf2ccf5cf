/** How the program ends; listed in its help. */
export const EXIT = { whole: 0, faulty: 1, unchecked: 2 } as const
export type Exit = (typeof EXIT)[keyof typeof EXIT]

/** Ends the program with a sentence for whoever started it. */
export class Stop extends Error {
  readonly exit: Exit

  constructor(exit: Exit, sentence: string) {
    super(sentence)
    this.exit = exit
    this.name = new.target.name
  }
}
