// An authorization server on loopback: the package oidc-provider, which knows nothing of us, with JWT access tokens for one resource.
//   node authorization-server.mjs PORT RESOURCE CLIENT REDIRECT
import { generateKeyPairSync } from 'node:crypto';
import Provider from 'oidc-provider';

const [port, resource, client, redirect] = process.argv.slice(2);
const scopes = [
  'drcloud/fhir.read', 'user/Observation.rs', 'user/Patient.rs', 'patients/vitals.write', 'patients/records.read',
  'phenoml/codes.read', 'phenoml/fhir.create', 'xcures/concepts.read', 'xcures/subjects.read', 'phi/limited', 'phi/identified',
];
const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{
    client_id: client, token_endpoint_auth_method: 'none', redirect_uris: [redirect], grant_types: ['authorization_code'], application_type: 'native',
    id_token_signed_response_alg: 'ES256',
  }],
  cookies: { keys: ['cookies of a test'] },
  jwks: { keys: [{ ...key, kid: 'signing-1', use: 'sig', alg: 'ES256' }] },
  pkce: { required: () => true },
  responseTypes: ['code'],
  scopes,
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  features: {
    resourceIndicators: {
      enabled: true,
      useGrantedResource: () => true,
      // Tokens for any resource on loopback, so that one for another resource can be tried.
      getResourceServerInfo: (_, indicator) => ({
        scope: scopes.join(' '), audience: indicator, accessTokenFormat: 'jwt', accessTokenTTL: 300, jwt: { sign: { alg: 'ES256' } },
      }),
    },
  },
});
provider.on('server_error', (_, error) => console.error(error.message));
provider.listen(Number(port), '127.0.0.1', () => console.log(`serving tokens for ${resource}`));
