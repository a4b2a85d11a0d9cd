import type { AspectBody } from './aspect-body.js';
import { Subject, type Collected } from './subject.js';
import { idOfUrn, parseUrn, type Urn } from './urn.js';

/** A document is shown on the assets it is about; false when it is about none. */
export function sayDocument(out: Collected, urn: Urn, body: AspectBody): boolean {
  const contents = body.object('contents');
  const by = body.author();
  const document = { title: body.text('title'), text: contents.text('text'), ...body.pick('source', 'status') };
  const about = body.items('relatedAssets').flatMap((related) => {
    const text = related.text('asset');
    const asset = out.mention(text);
    const parsed = parseUrn(text);
    return asset && parsed && !out.around.vocabulary.isRemoved(parsed) ? [new Subject(parsed, asset, out)] : [];
  });
  for (const subject of about) subject.say(`facet:document:${idOfUrn(urn.text)}`, document, { by });
  return about.length > 0;
}
