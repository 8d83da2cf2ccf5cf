// A program of its own for the tests that kill it: starts a server with the options in its first
// argument, tells its process number, and waits to be ended. With "forget" it ends without a stop.
import { startEmbedded, type EmbeddedOptions } from '../../server/platform/db/embedded.js'

const [options = '{}', ending] = process.argv.slice(2)
const server = await startEmbedded(JSON.parse(options) as EmbeddedOptions)
const { url, pid } = server
process.stdout.write(`${JSON.stringify({ url, pid })}\n`)
if (ending !== 'forget') process.stdin.resume().once('end', () => void server.stop())
