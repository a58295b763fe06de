/** The events of a generator on their way to whoever consumes them. */

/**
 * What `pass` makes of each event, in order, and the generator's own result.
 * @param pass - lazily: what stands behind a `yield` happens once the event has been consumed
 */
export async function* passOn<Event, Passed, Result>(
  events: AsyncGenerator<Event, Result, undefined>,
  pass: (event: Event) => Iterable<Passed>,
): AsyncGenerator<Passed, Result, undefined> {
  try {
    for (;;) {
      const next = await events.next();
      if (next.done) return next.value;
      yield* pass(next.value);
    }
  } finally {
    await events.return(undefined as never); // the consumer left: lets the evaluator cancel what is in flight
  }
}
