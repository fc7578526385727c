/** The function, called at most once for each object; what it found is kept for as long as the object lives. */
export function once<Key extends object, Value>(find: (key: Key) => Value): (key: Key) => Value {
  const found = new WeakMap<Key, { readonly value: Value }>();
  return (key) => {
    const earlier = found.get(key) ?? { value: find(key) };
    found.set(key, earlier);
    return earlier.value;
  };
}
