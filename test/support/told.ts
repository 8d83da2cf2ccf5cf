import { extname } from 'node:path'

/** The program of threads that do what they are told. */
export const TOLD = new URL(`./told-thread${extname(import.meta.url)}`, import.meta.url)
