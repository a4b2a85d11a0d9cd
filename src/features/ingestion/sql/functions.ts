import { textAt } from '../readers/json.js';
import { childrenOf, type AstNode } from './ast.js';

/** Functions over many rows, by the parser's kind of node or by name. */
const AGGREGATES = new Set(
  `sum count avg min max median mode stddev stddev_pop stddev_samp variance var_pop var_samp any_value array_agg
  array_unique_agg string_agg group_concat listagg json_agg jsonb_agg json_object_agg object_agg map_agg collect_list
  collect_set bool_and bool_or every logical_and logical_or bit_and bit_or bit_xor corr covar_pop covar_samp percentile
  percentile_cont percentile_disc percentile_approx approx_count_distinct approx_distinct approx_percentile
  approx_quantile approx_quantiles approx_top_count hll count_if countif sum_if sumif arg_max arg_min max_by min_by
  first last quantile quantile_cont quantile_disc kurtosis skewness histogram regr_slope regr_intercept regr_r2
  within_group aggregate_function array_concat_agg product`.split(/\s+/),
);

/** Functions whose result does not show the value: hashes, masks, encryption, and how many there are. */
const MASKING = new Set(
  `md5 md5_hex md5_binary md5_number_lower64 md5_number_upper64 sha sha1 sha2 sha1_hex sha2_hex sha224 sha256 sha384 sha512
  hash hash_agg xxhash64 xxhash32 murmur_hash farm_fingerprint fnv_hash crc32 digest hmac hashbytes checksum binary_checksum
  standard_hash ora_hash hashtext mask mask_first_n mask_last_n mask_hash mask_show_first_n mask_show_last_n redact
  anonymize anon tokenize_value encrypt encrypt_raw aes_encrypt pgp_sym_encrypt pgp_pub_encrypt crypt sha_digest
  count count_if countif approx_count_distinct approx_distinct hll`.split(/\s+/),
);

/** The name of a function, in lower case; of other nodes the parser's kind. */
export function functionName({ kind, body }: AstNode): string {
  const name = kind === 'function' || kind === 'aggregate_function' ? textAt(body, 'name') : null;
  return (name ?? kind).toLowerCase().replace(/^.*\./, '');
}

export function isAggregate(node: AstNode): boolean {
  return AGGREGATES.has(functionName(node)) || node.kind === 'aggregate_function';
}

export function isMasking(node: AstNode): boolean {
  return MASKING.has(functionName(node));
}

/** Whether an expression is one value per group: it aggregates, other than over a window or in a query of its own. */
export function hasAggregate(node: AstNode): boolean {
  if (node.kind === 'window_function' || node.kind === 'subquery') return false;
  return isAggregate(node) || childrenOf(node.body).some(hasAggregate);
}
