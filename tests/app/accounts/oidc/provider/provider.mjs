// SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
// SPDX-License-Identifier: EUPL-1.2
// A certified OpenID provider (npm oidc-provider) over https, with its own pages to sign in and to consent.
// What it is told stands in one JSON argument: key, certificate, clients, people by their subject. It says its port.
import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import Provider from 'oidc-provider'

const told = JSON.parse(process.argv[2])
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })

const server = createServer({ key: readFileSync(told.key), cert: readFileSync(told.certificate) })
await new Promise((listening) => { server.listen(0, '127.0.0.1', listening) })
const { port } = server.address()

const provider = new Provider(`https://127.0.0.1:${port}`, {
  clients: told.clients,
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  findAccount: (_context, subject) => ({
    accountId: subject,
    claims: () => ({ sub: subject, ...told.people[subject] }),
  }),
  features: { backchannelLogout: { enabled: true } },
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'of-the-tests', use: 'sig', alg: 'RS256' }] },
  cookies: { keys: ['only for tests'] },
  // It refuses to call addresses of its own machine; the app under test is at one.
  fetch: (url, { dispatcher, ...options }) => fetch(url, options),
})
provider.on('backchannel.success', () => console.log('test: backchannel success'))
provider.on('backchannel.error', (_context, error) => console.log(`test: backchannel error: ${error.message}`))
provider.on('server_error', (_context, error) => console.error(error))

server.on('request', provider.callback())
console.log(`test: ${port}`)
