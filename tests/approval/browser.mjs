// A headless browser that does what a person would, told line by line on standard input: {"url","code","answer","shot","width","dark","again","steps"}.
// It answers with what the person saw, one JSON object a line.
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const windows = new Map();

async function windowOf(name, width, dark) {
  if (!windows.has(name)) {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: dark ? 'dark' : 'light', javaScriptEnabled: false });
    const page = await context.newPage();
    const said = [];
    page.on('console', message => said.push(message.text()));
    page.on('requestfailed', request => said.push(`failed ${request.url()}`));
    windows.set(name, { page, said, asked: [] });
    page.on('request', request => windows.get(name).asked.push(request.url()));
  }
  return windows.get(name);
}

const actions = {
  go: async (page, step) => { await page.goto(step.url); },
  type: async (page, step) => { await page.keyboard.type(step.text); },
  // By keyboard alone: the focus goes through the page until it is on the button.
  press: async (page, step) => {
    for (let i = 0; i < 12; i++) {
      const text = await page.locator(':focus').first().innerText({ timeout: 500 }).catch(() => '');
      if (text.includes(step.button)) { await Promise.all([page.waitForLoadState(), page.keyboard.press('Enter')]); await page.waitForTimeout(150); return; }
      await page.keyboard.press('Tab');
    }
    throw new Error(`no key leads to ${step.button}`);
  },
  shot: async (page, step) => { await page.screenshot({ path: step.path, fullPage: true }); },
};

for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line);
  const { page, said, asked } = await windowOf(order.window, order.width ?? 1000, order.dark ?? false);
  let error = null;
  try {
    for (const step of order.steps) await actions[step.do](page, step);
  } catch (e) {
    error = e.message.split('\n')[0];
  }
  const wide = await page.locator('html').evaluate(html => html.scrollWidth > html.clientWidth).catch(() => null);
  process.stdout.write(JSON.stringify({ error, text: await page.locator('body').innerText(), title: await page.title(), url: page.url(), wide, said, asked }) + '\n');
}
await browser.close();
