/** A host that may be asked although it is not public. `port` null: on every port. */
export type AllowedHost = { readonly hostname: string; readonly port: string | null };

const entryPattern = /^(\[[^\]]+\]|[^:[\]/?#@\\]+)(?::(\d{1,5}))?$/;

/**
 * Reads entries such as `images.local`, `10.0.0.5:8080` or `[fd00::1]` of a setting. Throws an `Error` naming the setting and the
 * first entry that is none.
 */
export function parseAllowedHosts(setting: string, entries: readonly string[]): readonly AllowedHost[] {
  return entries.map((entry) => {
    const [, host = '', port = null] = entryPattern.exec(entry) ?? [];
    const address = `http://${host}/`;
    if (host === '' || !URL.canParse(address)) {
      throw new Error(`${setting}: expected host or host:port, found ${JSON.stringify(entry)}.`);
    }
    return { hostname: new URL(address).hostname, port };
  });
}

/** Whether the address names an allowed host, on an allowed port. */
export function isAllowedHost(url: URL, allowed: readonly AllowedHost[]): boolean {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return allowed.some((host) => host.hostname === url.hostname && (host.port === null || host.port === port));
}
