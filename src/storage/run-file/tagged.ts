/**
 * Schemas that keep step with their types: a field, a case or a name that is added to the type and not here does not
 * compile. What a schema does not name is lost when a file is read, optional fields too.
 */
import * as v from 'valibot';

export type SchemaOf<T> = v.GenericSchema<unknown, T>;

type FieldsOf<T> = { readonly [Name in keyof Required<T>]: SchemaOf<T[Name]> };

/** An object by its fields, all of them. */
export function object<T>(fields: FieldsOf<T>): SchemaOf<T> {
  return v.object(fields) as never;
}

/** The fields of each case; the tag itself is added. */
type Cases<Union extends Readonly<Record<Tag, string>>, Tag extends string> = {
  readonly [Name in Union[Tag]]: FieldsOf<Omit<Extract<Union, Readonly<Record<Tag, Name>>>, Tag>>;
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

/** A union by its tag. */
export function tagged<Union extends Readonly<Record<Tag, string>>, const Tag extends string>(
  tag: Tag,
  cases: Cases<Union, Tag>,
): SchemaOf<Union> {
  const known = new Map(
    Object.entries<v.ObjectEntries>(cases).map(([name, fields]) => [
      name,
      v.object({ [tag]: v.literal(name), ...fields }) as unknown as SchemaOf<Union>,
    ]),
  );
  const none = unknownCase<Union>(tag, [...known.keys()]);
  return v.lazy((input) => known.get(nameOf(input, tag) ?? '') ?? none);
}

/** One of a type's names, all of them: a name that is added to the type and not here does not compile. */
export function oneOf<Name extends string>(names: Readonly<Record<Name, true>>): SchemaOf<Name> {
  return v.picklist(Object.keys(names) as Name[]);
}
