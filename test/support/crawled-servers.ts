import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import type { Crawler, CrawlTarget } from '../../src/features/sources/crawlers/crawler.js';
import { MysqlCrawler } from '../../src/features/sources/crawlers/mysql-crawler.js';
import { PostgresCrawler } from '../../src/features/sources/crawlers/postgres-crawler.js';
import { MYSQL_SERVER, startMysql } from './mysql-server.js';

/** A real server with a small shop in it, and the user `crawler` who may look at it. */
export interface CrawledServer {
  readonly crawler: Crawler;
  readonly target: CrawlTarget;
  /** What of the target makes it one that may not be read. */
  readonly closed: Partial<CrawlTarget>;
  /** What stands before `schema.table` in the names of datasets: `db.`, or nothing. */
  readonly prefix: string;
  readonly namespace: string;
  /** As somebody who may do everything. */
  run(...statements: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

export interface ServerKind {
  readonly name: string;
  readonly isInstalled: boolean;
  start(): Promise<CrawledServer>;
}

/** Its parts would be changed by any encoding. */
export const PASSWORD = 'k9/ö"%20 s3cret';

export const SERVER_KINDS: readonly ServerKind[] = [
  { name: 'PostgreSQL', isInstalled: true, start: startPostgresShop },
  {
    name: 'MySQL or MariaDB (skipped where none is installed)',
    isInstalled: MYSQL_SERVER !== null,
    start: startMysqlShop,
  },
];

const POSTGRES_SHOP = [
  'CREATE SCHEMA sales',
  'CREATE SCHEMA attic',
  `CREATE TABLE sales.customers (
     id int PRIMARY KEY, email varchar(200) NOT NULL, country char(2) DEFAULT 'NL', CONSTRAINT customers_email UNIQUE (email))`,
  `CREATE TABLE sales.orders (
     id int PRIMARY KEY, customer_id int NOT NULL, placed_on date, amount numeric(10,2) NOT NULL DEFAULT 0,
     CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES sales.customers (id))`,
  'CREATE INDEX orders_by_day ON sales.orders (placed_on, customer_id)',
  `COMMENT ON TABLE sales.orders IS 'One line per order.'`,
  `COMMENT ON COLUMN sales.orders.amount IS 'In euro, with tax.'`,
  `CREATE VIEW sales.big_orders AS
     SELECT o.id, c.email AS buyer, o.amount * 2 AS double_amount
     FROM sales.orders o JOIN sales.customers c ON c.id = o.customer_id WHERE o.amount > 100`,
  'CREATE VIEW sales.buyers (who) AS SELECT buyer FROM sales.big_orders',
  'CREATE TABLE attic.old (id int)',
  `INSERT INTO sales.customers SELECT n, 'person' || n || '@example.com' FROM generate_series(1, 40) n`,
  'ANALYZE',
];

const MYSQL_SHOP = [
  'CREATE DATABASE sales',
  'CREATE DATABASE attic',
  `CREATE TABLE sales.customers (
     id int PRIMARY KEY, email varchar(200) NOT NULL, country char(2) DEFAULT 'NL', CONSTRAINT customers_email UNIQUE (email))`,
  `CREATE TABLE sales.orders (
     id int PRIMARY KEY, customer_id int NOT NULL, placed_on date, amount decimal(10,2) NOT NULL DEFAULT 0 COMMENT 'In euro, with tax.',
     CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES sales.customers (id),
     INDEX orders_by_day (placed_on, customer_id)) COMMENT 'One line per order.'`,
  `CREATE VIEW sales.big_orders AS
     SELECT o.id, c.email AS buyer, o.amount * 2 AS double_amount
     FROM sales.orders o JOIN sales.customers c ON c.id = o.customer_id WHERE o.amount > 100`,
  'CREATE VIEW sales.buyers (who) AS SELECT buyer FROM sales.big_orders',
  'CREATE TABLE attic.old (id int)',
  `INSERT INTO sales.customers (id, email) VALUES ${Array.from({ length: 40 }, (_, n) => `(${n}, 'person${n}@example.com')`).join(', ')}`,
  'ANALYZE TABLE sales.customers',
];

export async function startPostgresShop(): Promise<CrawledServer> {
  const url = new URL(inject('testServerUrl'));
  const id = randomBytes(4).toString('hex');
  const database = `shop_${id}`;
  const user = `crawler_${id}`;
  await onPostgres(url.href, [
    `CREATE DATABASE ${database} TEMPLATE template0`,
    `CREATE DATABASE ${database}_closed TEMPLATE template0`,
    `REVOKE CONNECT ON DATABASE ${database}_closed FROM PUBLIC`,
    `CREATE ROLE ${user} LOGIN PASSWORD ${pg.escapeLiteral(PASSWORD)}`,
  ]);
  const admin = new URL(url);
  admin.pathname = `/${database}`;
  await onPostgres(admin.href, POSTGRES_SHOP);
  const target = {
    host: url.hostname,
    port: Number(url.port),
    database,
    user,
    password: PASSWORD,
    ssl: 'disable',
  } as const;
  return {
    crawler: new PostgresCrawler(),
    target,
    closed: { database: `${database}_closed` },
    prefix: `${database}.`,
    namespace: `postgres://${target.host}:${target.port}`,
    run: (...statements) => onPostgres(admin.href, statements),
    stop: () =>
      onPostgres(url.href, [
        `DROP DATABASE ${database} WITH (FORCE)`,
        `DROP DATABASE ${database}_closed WITH (FORCE)`,
        `DROP ROLE ${user}`,
      ]),
  };
}

async function onPostgres(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

async function startMysqlShop(): Promise<CrawledServer> {
  const server = await startMysql();
  const run = async (...statements: readonly string[]): Promise<void> => {
    const connection = await server.connect();
    try {
      for (const statement of statements) await connection.query(statement);
    } finally {
      connection.destroy();
    }
  };
  const connection = await server.connect();
  const password = connection.escape(PASSWORD);
  connection.destroy();
  await run(
    ...MYSQL_SHOP,
    `CREATE USER crawler@'%' IDENTIFIED BY ${password}`,
    `GRANT SELECT, SHOW VIEW ON *.* TO crawler@'%'`,
    `CREATE USER guest@'%' IDENTIFIED BY ${password}`,
  );
  return {
    crawler: new MysqlCrawler(),
    target: {
      host: '127.0.0.1',
      port: server.port,
      database: null,
      user: 'crawler',
      password: PASSWORD,
      ssl: 'disable',
    },
    closed: { user: 'guest', database: 'sales' },
    prefix: '',
    namespace: `mysql://127.0.0.1:${server.port}`,
    run,
    stop: () => server.stop(),
  };
}
