import { Subject, type Handler } from './subject.js';
import { parseUrn } from './urn.js';
import { pathOf, sayDescription, sayLink } from './word-aspects.js';

const glossaryTermInfo: Handler = (subject, body) => {
  sayDescription(subject, body, { name: 'name', text: 'definition' });
  sayLink(subject, body.text('sourceUrl'));
  body.take('parentNode'); // is the namespace
  subject.say('facet:glossary', body.pick('termSource', 'sourceRef'));
};

const glossaryNodeInfo: Handler = (subject, body) => {
  sayDescription(subject, body, { name: 'name', text: 'definition' });
  body.take('parentNode');
};

const RELATIONS = { isRelatedTerms: 'isA', hasRelatedTerms: 'contains', values: 'values', relatedTerms: 'related' };

const glossaryRelatedTerms: Handler = (subject, body) => {
  const relations = Object.entries(RELATIONS).flatMap(([key, relation]) => {
    const names = body.texts(key).map((urn) => pathOf(subject, urn));
    return names.length > 0 ? [[relation, names.sort()] as const] : [];
  });
  subject.say('facet:relatedTerms', relations.length > 0 ? Object.fromEntries(relations) : null);
};

const domainProperties: Handler = (subject, body) => {
  sayDescription(subject, body, { name: 'name', text: 'description' });
  body.take('parentDomain'); // is in the path
};

/** A member says all its products at once, here and where it is described: it may be in several. */
const dataProductProperties: Handler = (subject, body) => {
  sayDescription(subject, body, { name: 'name', text: 'description' });
  sayLink(subject, body.text('externalUrl'));
  const ports = body.items('assets').flatMap((member) => {
    member.author();
    member.take('sourceUrn');
    const urn = parseUrn(member.text('destinationUrn'));
    const asset = urn && subject.out.mention(urn.text);
    if (urn && asset) sayProducts(new Subject(urn, asset, subject.out));
    return member.take('outputPort') === true && asset ? [asset] : [];
  });
  subject.say('facet:outputPorts', ports.length > 0 ? { ports } : null);
};

export function sayProducts(subject: Subject): void {
  const { vocabulary } = subject.out.around;
  if (!vocabulary.isRemoved(subject.urn)) subject.say('dataProducts', vocabulary.productsOf(subject.urn.text));
}

export const BUSINESS_ASPECTS: ReadonlyMap<string, Handler> = new Map([
  ['glossaryTermInfo', glossaryTermInfo],
  ['glossaryNodeInfo', glossaryNodeInfo],
  ['glossaryRelatedTerms', glossaryRelatedTerms],
  ['domainProperties', domainProperties],
  ['dataProductProperties', dataProductProperties],
]);
