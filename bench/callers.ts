/** So many callers, each sending the next request when it has its answer, until so many requests are done. */
export async function fromCallers(callers: number, requests: number, call: () => Promise<unknown>): Promise<void> {
  let left = requests;
  async function caller(): Promise<void> {
    while (left-- > 0) await call();
  }
  await Promise.all(Array.from({ length: callers }, caller));
}
