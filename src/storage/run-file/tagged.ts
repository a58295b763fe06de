/** Unions by their tag, one schema per case: a case that is added to the type and not here does not compile. */
import * as v from 'valibot';

export type SchemaOf<T> = v.GenericSchema<unknown, T>;

type Cases<Union extends Readonly<Record<Tag, string>>, Tag extends string> = {
  readonly [Name in Union[Tag]]: SchemaOf<Extract<Union, Readonly<Record<Tag, Name>>>>;
};

function nameOf(input: unknown, tag: string): string | null {
  if (typeof input !== 'object' || input === null || !Object.hasOwn(input, tag)) return null;
  const name: unknown = Reflect.get(input, tag);
  return typeof name === 'string' ? name : null;
}

/** The error lies at the tag itself when no case is meant. */
function unknownCase<T>(tag: string, names: readonly string[]): SchemaOf<T> {
  const message = `Expected one of ${names.join(', ')}`;
  return v.pipe(
    v.object({ [tag]: v.picklist(names, message) }),
    v.check(() => false, message),
  ) as never;
}

export function tagged<Union extends Readonly<Record<Tag, string>>, const Tag extends string>(
  tag: Tag,
  cases: Cases<Union, Tag>,
): SchemaOf<Union> {
  const known = new Map<string, SchemaOf<Union>>(Object.entries(cases));
  const none = unknownCase<Union>(tag, [...known.keys()]);
  return v.lazy((input) => known.get(nameOf(input, tag) ?? '') ?? none);
}

/** One of a type's names, all of them: a name that is added to the type and not here does not compile. */
export function oneOf<Name extends string>(names: Readonly<Record<Name, true>>): SchemaOf<Name> {
  return v.picklist(Object.keys(names) as Name[]);
}
