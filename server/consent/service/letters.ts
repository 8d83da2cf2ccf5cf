export { drawLetter } from '../../platform/pdf/letter.js'
