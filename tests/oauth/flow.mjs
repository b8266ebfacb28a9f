// The OAuth client of the MCP TypeScript SDK against a running HealthMcp and a running authorization server.
//   node flow.mjs MCP_URL ISSUER CLIENT REDIRECT
// Each line is one check; the last line adds them up.
import assert from 'node:assert/strict';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { discoverAuthorizationServerMetadata, discoverOAuthProtectedResourceMetadata, UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { Browser } from './browser.mjs';

const [mcp, issuer, clientId, redirect] = process.argv.slice(2);
const vitals = { patient_lookup: { first_name: 'Marissa', last_name: 'Jones', date_of_birth: '1971-06-29' }, date_taken: '2026-11-20', pulse: 71 };
let [passed, failed] = [0, 0];

/** What an application keeps for the SDK; the "browser" is another class. */
class Store {
  redirectUrl = redirect;
  clientMetadata = { client_name: 'healthmcp-tests', redirect_uris: [redirect], token_endpoint_auth_method: 'none' };
  clientInformation() { return { client_id: clientId }; }
  tokens() { return this.saved; }
  saveTokens(tokens) { this.saved = tokens; }
  redirectToAuthorization(url) { this.asked = url; }
  saveCodeVerifier(verifier) { this.verifier = verifier; }
  codeVerifier() { return this.verifier; }
  get scopes() { return (this.asked?.searchParams.get('scope') ?? '').split(' '); }
}

async function check(name, run) {
  try {
    await run();
    passed++;
    console.log(`ok      ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAILED  ${name}: ${error.message}`);
  }
}

const headers = token => ({
  'content-type': 'application/json', accept: 'application/json, text/event-stream', ...(token && { authorization: `Bearer ${token}` }),
});
const call = (name, args = {}) => ({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } });
const post = (message, token) => fetch(mcp, { method: 'POST', headers: headers(token), body: JSON.stringify(message) });
const claims = token => JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));
const answer = async result => (await result).structuredContent;

async function signIn(transport, store, browser, person) {
  const back = await browser.signIn(store.asked, redirect, person);
  assert.ok(back.searchParams.get('code'), `no code: ${back.searchParams.get('error_description')}`);
  await transport.finishAuth(back.searchParams.get('code'));
}

const browser = new Browser();
const store = new Store();
const connect = async () => {
  const transport = new StreamableHTTPClientTransport(new URL(mcp), { authProvider: store });
  const client = new Client({ name: 'healthmcp-tests', version: '1.0.0' });
  await client.connect(transport);
  return { client, transport };
};
let session, metadata, narrow;

await check('without a token: 401 with the way to one', async () => {
  const response = await post(call('search_subjects'));
  const challenge = response.headers.get('www-authenticate');
  assert.equal(response.status, 401);
  assert.match(challenge, /^Bearer resource_metadata="[^"]+\/\.well-known\/oauth-protected-resource\/mcp"/);
  assert.match(challenge, /scope="[^"]*xcures\/subjects\.read/);
  assert.doesNotMatch(challenge, /error=/);
});
await check('metadata of the resource, at its own path and at the root', async () => {
  metadata = await discoverOAuthProtectedResourceMetadata(mcp);
  const root = await (await fetch(new URL('/.well-known/oauth-protected-resource', mcp))).json();
  assert.equal(metadata.resource, mcp);
  assert.deepEqual(metadata.authorization_servers, [issuer]);
  assert.deepEqual(root, metadata);
});
await check('metadata of the authorization server', async () => {
  const server = await discoverAuthorizationServerMetadata(metadata.authorization_servers[0]);
  assert.equal(server.issuer, issuer);
  assert.ok(server.code_challenge_methods_supported.includes('S256'));
});
await check('connecting asks for authorization with PKCE, resource and the scopes of the challenge', async () => {
  await assert.rejects(connect, UnauthorizedError);
  const asked = store.asked.searchParams;
  assert.equal(asked.get('code_challenge_method'), 'S256');
  assert.equal(asked.get('resource'), mcp);
  assert.deepEqual(store.scopes, metadata.scopes_supported);
  assert.ok(!store.scopes.some(scope => scope.endsWith('.write') || scope.startsWith('phi/')));
});
await check('a token for this resource, with those scopes', async () => {
  const transport = new StreamableHTTPClientTransport(new URL(mcp), { authProvider: store });
  await signIn(transport, store, browser, 'alice');
  narrow = store.saved.access_token;
  assert.equal(claims(narrow).aud, mcp);
  assert.equal(claims(narrow).iss, issuer);
  session = await connect();
});
await check('tools/list shows what could be obtained, writes too', async () => {
  const { tools } = await session.client.listTools();
  assert.deepEqual(['record_vitals', 'search_subjects'].filter(name => !tools.some(tool => tool.name === name)), []);
});
await check('a call within the scopes is answered', async () => {
  const content = await answer(session.client.callTool({ name: 'search_subjects', arguments: { firstName: 'Marissa', lastName: 'Jones' } }));
  assert.equal(content.data.length, 1);
  assert.equal(content.privacy.level, 'deidentified');
});
await check('a call beyond them: 403 that names all scopes of the operation', async () => {
  const response = await post({ ...call('drcloud_fhir_search', { type: 'Observation' }), id: 7 }, narrow);
  const challenge = response.headers.get('www-authenticate');
  assert.equal(response.status, 403);
  assert.match(challenge, /error="insufficient_scope"/);
  assert.match(challenge, /scope="drcloud\/fhir\.read user\/Observation\.rs"/);
  assert.equal((await response.json()).id, 7);
});
await check('the SDK is sent to sign in for the wider scopes, both at once', async () => {
  await assert.rejects(session.client.callTool({ name: 'record_vitals', arguments: vitals }), UnauthorizedError);
  assert.deepEqual(store.scopes, ['patients/vitals.write', 'patients/records.read']);
  assert.equal(store.asked.searchParams.get('resource'), mcp);
});
await check('after it the same call, in the same session, is answered', async () => {
  await signIn(session.transport, store, browser, 'alice');
  assert.ok(claims(store.saved.access_token).scope.split(' ').includes('patients/vitals.write'));
  const preview = await answer(session.client.callTool({ name: 'record_vitals', arguments: vitals }));
  assert.equal(preview.write.status, 'preview');
  const done = await answer(session.client.callTool({ name: 'record_vitals', arguments: { ...vitals, confirmation: preview.write.confirmation } }));
  assert.equal(done.write.status, 'done');
});
await check('step-up to a FHIR type and its search', async () => {
  const search = { name: 'drcloud_fhir_search', arguments: { type: 'Patient', parameters: [{ name: 'family', value: 'Jones' }, { name: 'given', value: 'Marissa' }] } };
  await assert.rejects(session.client.callTool(search), UnauthorizedError);
  assert.deepEqual(store.scopes, ['drcloud/fhir.read', 'user/Patient.rs']);
  await signIn(session.transport, store, browser, 'alice');
  const content = await answer(session.client.callTool(search));
  assert.ok(content.data.resources.length > 0);
});
await check("another person cannot use this one's session", async () => {
  const other = new Store();
  other.verifier = undefined;
  const transport = new StreamableHTTPClientTransport(new URL(mcp), { authProvider: other });
  await assert.rejects(new Client({ name: 'other', version: '1.0.0' }).connect(transport), UnauthorizedError);
  await signIn(transport, other, new Browser(), 'mallory');
  const response = await fetch(mcp, {
    method: 'POST', headers: { ...headers(other.saved.access_token), 'mcp-session-id': session.transport.sessionId },
    body: JSON.stringify({ jsonrpc: '2.0', id: 2, method: 'tools/list' }),
  });
  assert.equal(response.status, 404);
});
await check('a token that was issued for another resource is refused', async () => {
  const elsewhere = new URL('/other', mcp).href;
  const other = new Store();
  const challenge = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from('v'.repeat(43)))).toString('base64url');
  other.asked = new URL(`${issuer}/auth?${new URLSearchParams({
    client_id: clientId, redirect_uri: redirect, response_type: 'code', code_challenge: challenge, code_challenge_method: 'S256',
    resource: elsewhere, scope: 'xcures/subjects.read',
  })}`);
  const code = (await browser.signIn(other.asked, redirect, 'alice')).searchParams.get('code');
  const token = await (await fetch(`${issuer}/token`, {
    method: 'POST', body: new URLSearchParams({
      grant_type: 'authorization_code', code, client_id: clientId, redirect_uri: redirect, code_verifier: 'v'.repeat(43), resource: elsewhere,
    }),
  })).json();
  assert.equal(claims(token.access_token).aud, elsewhere);
  const response = await post(call('search_subjects'), token.access_token);
  assert.equal(response.status, 401);
  assert.match(response.headers.get('www-authenticate'), /error="invalid_token"/);
});
await check('a token in the address is refused', async () => {
  const response = await fetch(`${mcp}?access_token=${narrow}`, { method: 'POST', headers: headers(), body: JSON.stringify(call('search_subjects')) });
  assert.equal(response.status, 400);
});

await session?.client.close();
console.log(`oauth: ${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
