/// Small models for the tests, as the peer saves them.
enum SampleModels {
    /// As version 5 writes it, in DuckDB's SQL.
    static let splink = #"""
        {
            "link_type": "link_and_dedupe",
            "probability_two_random_records_match": 4.623979623979624e-07,
            "retain_matching_columns": false,
            "retain_intermediate_calculation_columns": false,
            "additional_columns_to_retain": ["cluster"],
            "sql_dialect": "duckdb",
            "linker_uid": "x5yxp2sg",
            "em_convergence": 0.001,
            "max_iterations": 20,
            "match_weight_column_prefix": "mw_",
            "term_frequency_adjustment_column_prefix": "tf_",
            "comparison_vector_value_column_prefix": "gamma_",
            "unique_id_column_name": "id",
            "source_dataset_column_name": "source",
            "blocking_rules_to_generate_predictions": [
                {"blocking_rule": "(l.\"surname\" = r.\"surname\") AND (l.\"dob\" = r.\"dob\")", "sql_dialect": "duckdb"},
                {"blocking_rule": "l.\"names\" = r.\"names\"", "sql_dialect": "duckdb", "arrays_to_explode": ["names"]}
            ],
            "comparisons": [
                {
                    "output_column_name": "surname",
                    "comparison_levels": [
                        {"sql_condition": "\"surname_l\" IS NULL OR \"surname_r\" IS NULL", "label_for_charts": "none",
                         "fix_m_probability": false, "fix_u_probability": false, "is_null_level": true},
                        {"sql_condition": "\"surname_l\"  =  \"surname_r\"", "label_for_charts": "Exact – ü",
                         "m_probability": 0.69, "u_probability": 0.0015, "fix_m_probability": true,
                         "fix_u_probability": false, "tf_adjustment_column": "surname", "tf_minimum_u_value": 0.001,
                         "tf_adjustment_weight": 0.5},
                        {"sql_condition": "levenshtein(\"surname_l\", \"surname_r\") <= 2", "u_probability": 0.01,
                         "fix_m_probability": false, "fix_u_probability": true, "tf_adjustment_column": "surname",
                         "tf_adjustment_weight": 1.0, "disable_tf_exact_match_detection": true},
                        {"sql_condition": "ELSE", "label_for_charts": "All other", "m_probability": 0.3,
                         "u_probability": 0.98, "fix_m_probability": false, "fix_u_probability": false}
                    ],
                    "comparison_description": "by hand"
                }
            ]
        }
        """#

    /// A model with one comparison of these levels, to show faults of levels.
    static func splink(levels: String, more: String = "") -> String {
        """
        {"link_type": "dedupe_only", "comparisons": [
            {"output_column_name": "dob", "comparison_levels": [\(levels)]}]\(more)}
        """
    }

    static let null = #"{"sql_condition": "dob_l IS NULL OR dob_r IS NULL", "is_null_level": true}"#
    static let exact = #"{"sql_condition": "dob_l = dob_r"}"#
    static let other = #"{"sql_condition": "ELSE"}"#

    /// One of ours, with a little of everything.
    static let yaml = """
        links: [[tax, tax], [tax, benefits]]
        sources: {tax: {columns: {dob: birth}}, benefits: {}}
        prior: 0.001
        blocking:
          - [surname, "left(first_name, 1)"]
          - {sql: "l.a = r.b AND l.c <> r.c", explode: [a]}
          - neighbours: {by: [surname, dob], within: 5}
          - similar: {column: address, grams: 3, bands: 8, rows: 3}
        comparisons:
          - first_name: {compare: jaro-winkler, at: [0.9, 0.7], frequencies: true}
          - dob: {compare: date, within: [1 month, 1 year], format: "%d/%m/%Y"}
          - home: {compare: place, columns: [lat, long]}
          - sex:
              levels:
                - {when: sex_l IS NULL OR sex_r IS NULL, missing: true}
                - {when: sex_l = sex_r, label: the same, m: 0.98, u: 0.5, fixed: m}
                - {when: else, m: 0.02, frequencies: {column: sex, own: true}}
        training: {deterministic: [[dob, surname]], recall: 0.7, runs: [dob], seed: 3}
        clusters: {method: bridges, most-records: 9}
        """
}
