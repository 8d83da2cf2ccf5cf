/** How the program ends; listed in its help. */
export const EXIT = { done: 0, usage: 1, refused: 2, unreachable: 3, notAllowed: 4 } as const
export type Exit = (typeof EXIT)[keyof typeof EXIT]

/** Ends the program with sentences for whoever started it. */
export class Stop extends Error {
  readonly exit: Exit

  constructor(exit: Exit, sentences: string) {
    super(sentences)
    this.exit = exit
    this.name = new.target.name
  }
}
