/** Officers of all offices together ask for a check of the log no more often: it reads much. */
export const PAUSE_MINUTES = 10
