// What a person does in a browser: signs in, agrees, and is sent back with a code. Follows forms and redirects, keeps cookies.
export class Browser {
  #cookies = new Map();

  /** Opens the address, and returns the one that it is sent back to, which begins with `until`. */
  async signIn(address, until, person) {
    let [url, form] = [new URL(address), undefined];
    for (let step = 0; step < 20; step++) {
      const response = await fetch(url, {
        method: form ? 'POST' : 'GET', body: form, redirect: 'manual',
        headers: { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      });
      this.#keep(response);
      const location = response.headers.get('location');
      if (location) {
        [url, form] = [new URL(location, url), undefined];
        if (url.href.startsWith(until)) return url;
        continue;
      }
      const page = await response.text();
      const action = /<form[^>]* action="([^"]+)"/.exec(page)?.[1];
      if (!action) throw new Error(`the page at ${url.pathname} has no form (status ${response.status}): ${page.replace(/<style[^]*?<\/style>|<[^>]+>|\s+/g, ' ').slice(0, 400)}`);
      const prompt = /name="prompt" value="(\w+)"/.exec(page)[1];
      form = new URLSearchParams(prompt === 'login' ? { prompt, login: person, password: 'anything' } : { prompt });
      url = new URL(action, url);
    }
    throw new Error('the browser went in circles');
  }

  #keep(response) {
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
      if (value) this.#cookies.set(name, value);
      else this.#cookies.delete(name);
    }
  }
}
