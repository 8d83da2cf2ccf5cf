import type { RequestHandler } from 'express'
import helmet from 'helmet'

/** Headers of every answer, errors included: nothing foreign is loaded, nothing inline runs, nothing frames us. */
export function securityHeaders(secure: boolean): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        objectSrc: ["'none'"],
      },
    },
    strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  })
}

/** Node accepts a request with two Host headers; which one counts is then anybody's guess. */
export function refuseTwoHosts(): RequestHandler {
  return (request, response, next) => {
    const hosts = request.rawHeaders.filter(
      (name, at) => at % 2 === 0 && name.toLowerCase() === 'host',
    )
    if (hosts.length > 1) response.status(400).end()
    else next()
  }
}
