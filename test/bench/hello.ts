// An empty Express handler as a process of its own: what the pages are compared with.
import express from 'express'
import { listen } from '../../server/platform/http/listen.js'

const app = express()
app.get('/', (_request, response) => {
  response.end()
})
const server = await listen(app, { host: '127.0.0.1', port: 0 })
process.send?.({ url: `http://127.0.0.1:${server.port}/`, cookie: '', cookies: [] })
process.once('disconnect', () => void server.close())
