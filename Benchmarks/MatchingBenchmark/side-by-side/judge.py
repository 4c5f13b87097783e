"""Judges links against the truth, both sides the same way. Every true pair counts, whether it was compared or not."""

import argparse
import json

import duckdb


def links_of(path):
    return f"""(select least(unique_id_l, unique_id_r) as one, greatest(unique_id_l, unique_id_r) as other,
        match_weight::double as weight, match_probability::double as probability
        from read_csv('{path}', header = true, types = {{'unique_id_l': 'varchar', 'unique_id_r': 'varchar'}}))"""


def rates(correct, given, true):
    precision = correct / given if given else 0.0
    recall = correct / true
    f1 = 2 * correct / (given + true)
    return {"precision": precision, "recall": recall, "f1": f1, "links": int(given)}


class Judge:
    def __init__(self, truth):
        self.connection = duckdb.connect()
        parts = " union all ".join(
            f"""select unique_id, cluster, {number} as source from
            read_csv('{path}', header = true, all_varchar = true)""" for number, path in enumerate(truth))
        self.connection.execute(f"create table truth as {parts}")
        # With several files, only pairs across them count.
        self.across = len(truth) > 1
        self.true = self.pairs_within("truth", "cluster")

    def one(self, sql):
        return self.connection.execute(sql).fetchone()

    def pairs_within(self, table, *keys):
        """The pairs of records that agree on the keys."""
        grouped = f"select count(*) as n, source from {table} group by {', '.join(keys)}, source"
        if not self.across:
            return self.one(f"select coalesce(sum(n * (n - 1) / 2), 0) from ({grouped})")[0]
        keyed = f"select {', '.join(keys)}, source, count(*) as n from {table} group by all"
        using = ", ".join(keys)
        return self.one(f"""with k as ({keyed}) select coalesce(sum(a.n * b.n), 0)
            from k a join k b using ({using}) where a.source < b.source""")[0]

    def judge_links(self, path, pairs):
        self.connection.execute(f"""create table link as select weight, probability, a.cluster = b.cluster as is_true
            from {links_of(path)} l join truth a on a.unique_id = l.one join truth b on b.unique_id = l.other
            where {'a.source <> b.source' if self.across else 'true'}""")
        found = self.one("select count(*) filter (is_true) from link")[0]
        squares = self.one("select coalesce(sum((probability - is_true::int) ^ 2), 0) from link")[0]
        missed = self.true - found
        # The mean distance of tenths of probability from what was right, and the matches that were promised.
        error, promised = self.one("""with b as (select least(floor(probability * 10), 9) as bin, count(*) as n,
            sum(probability) as p, count(*) filter (is_true) as t from link group by 1)
            select coalesce(sum(abs(p - t)) / sum(n), 0), coalesce(sum(p), 0) from b""")
        best = self.one(f"""with g as (select round(weight, 2) as w, min(probability) as p, count(*) as n,
            count(*) filter (is_true) as t from link group by 1),
            c as (select w, p, sum(n) over (order by w desc) as n, sum(t) over (order by w desc) as t from g)
            select t, n, w, p from c order by 2 * t / (n + {self.true}) desc limit 1""") or (0, 0, 0, 0)
        sure = self.one("select count(*) filter (is_true), count(*) from link where probability >= 0.99")
        return {
            "true_pairs": int(self.true),
            "best": {**rates(best[0], best[1], self.true), "weight": best[2], "probability": best[3]},
            "at_0.99": rates(sure[0], sure[1], self.true),
            "calibration_error": error,
            "promised_of_found": promised / max(1, found),
            "brier": (squares + missed) / max(1, pairs + missed),
            "squares_per_true_pair": (squares + missed) / self.true,
            "squares_of_links_per_true_pair": squares / self.true,
        }

    def judge_clusters(self, path):
        self.connection.execute(f"""create table found as select c.cluster as mine, t.cluster, t.source
            from read_csv('{path}', header = true, all_varchar = true) c join truth t using (unique_id)""")
        given = self.pairs_within("found", "mine")
        largest = self.one("select max(n) from (select count(*) as n from found group by mine)")[0]
        return {**rates(self.pairs_within("found", "mine", "cluster"), given, self.true), "largest": largest}


def difference(one, other):
    """How far apart the weights of two sides are."""
    connection = duckdb.connect()
    row = connection.execute(f"""select count(*) filter (a.weight is not null and b.weight is not null),
        count(*) filter (a.weight is null), count(*) filter (b.weight is null), max(abs(a.weight - b.weight)),
        count(*) filter (abs(a.weight - b.weight) > 1e-6)
        from {links_of(one)} a full join {links_of(other)} b using (one, other)""").fetchone()
    return dict(zip(("both", "only_second", "only_first", "largest_difference", "differing"), row))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--links", required=True)
    parser.add_argument("--clusters")
    parser.add_argument("--truth", action="append")
    parser.add_argument("--pairs", type=int, default=0)
    parser.add_argument("--other-links", help="only tell how the weights differ from those of this file")
    options = parser.parse_args()
    if options.other_links:
        print(json.dumps(difference(options.links, options.other_links)))
        return
    judge = Judge(options.truth)
    verdict = judge.judge_links(options.links, options.pairs)
    if options.clusters:
        verdict["clusters"] = judge.judge_clusters(options.clusters)
    print(json.dumps(verdict))


if __name__ == "__main__":
    main()
