import { strict as assert } from "assert";

/** An element with its attributes and the text directly in it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Every element of an XML text, in document order. Fails when it is not well-formed. */
export function elements(xml: string): readonly XmlElement[] {
  const found: XmlElement[] = [];
  const open: XmlElement[] = [];
  const body = xml.replace(/^<\?xml[^?]*\?>/, "");
  assert.ok(!/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(body), "a control character");
  for (const [piece, tag] of body.matchAll(/<([^<>]*)>|[^<>]+/g)) {
    if (tag === undefined) {
      assert.ok(open.length > 0 || piece.trim() === "", `text outside: ${piece}`);
      if (open.length > 0) open.at(-1)!.text += decoded(piece);
    } else if (tag.startsWith("/")) {
      assert.equal(open.pop()?.name, tag.slice(1));
    } else {
      const element = elementOf(tag);
      found.push(element);
      if (!tag.endsWith("/")) open.push(element);
    }
  }
  assert.equal([...body.matchAll(/<([^<>]*)>|[^<>]+/g)].map(([piece]) => piece).join(""), body);
  assert.deepEqual(open, []);
  return found;
}

function elementOf(tag: string): XmlElement {
  const match = /^([\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*\/?$/.exec(tag);
  assert.ok(match !== null, `no tag: <${tag}>`);
  const pairs = [...match[2]!.matchAll(/([\w-]+)="([^"]*)"/g)];
  const attributes = Object.fromEntries(pairs.map(([, name, value]) => [name!, decoded(value!)]));
  return { name: match[1]!, attributes, text: "" };
}

function decoded(text: string): string {
  return text.replace(/&(\w*);?/g, (whole, name: string) => {
    assert.ok(entities[name] !== undefined && whole.endsWith(";"), `no entity: ${whole}`);
    return entities[name];
  });
}
