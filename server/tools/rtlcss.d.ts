declare module 'rtlcss' {
  /** Mirrors the physical properties of a style sheet; the package ships no types. */
  const rtlcss: { process(css: string): string }
  export default rtlcss
}
