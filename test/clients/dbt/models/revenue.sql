select
  c.customer_id,
  md5(c.email) as email_hash,
  sum(o.amount) as revenue
from {{ ref('customers') }} as c
join {{ ref('paid_orders') }} as o on o.customer_id = c.customer_id
group by c.customer_id, c.email
