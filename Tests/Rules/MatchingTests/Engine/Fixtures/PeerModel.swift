/// A model as Splink 5.0.0 (MIT, Ministry of Justice) writes it, trained by it on invented people.
enum PeerModel {
    // swift-format-ignore
    static let json = #"""
        {
        "link_type": "dedupe_only",
        "probability_two_random_records_match": 4.623979623979624e-07,
        "retain_matching_columns": false,
        "retain_intermediate_calculation_columns": false,
        "additional_columns_to_retain": [],
        "sql_dialect": "duckdb",
        "linker_uid": "x5yxp2sg",
        "em_convergence": 0.001,
        "max_iterations": 20,
        "match_weight_column_prefix": "mw_",
        "term_frequency_adjustment_column_prefix": "tf_",
        "comparison_vector_value_column_prefix": "gamma_",
        "unique_id_column_name": "unique_id",
        "source_dataset_column_name": "source_dataset",
        "blocking_rules_to_generate_predictions": [
         {"blocking_rule": "l.\"surname\" = r.\"surname\" AND substr(l.first_name,1,1) = substr(r.first_name,1,1)", "sql_dialect": "duckdb"},
         {"blocking_rule": "l.\"first_name\" = r.\"first_name\" AND l.\"dob\" = r.\"dob\"", "sql_dialect": "duckdb"},
         {"blocking_rule": "l.\"surname\" = r.\"surname\" AND l.\"dob\" = r.\"dob\"", "sql_dialect": "duckdb"},
         {"blocking_rule": "l.\"postcode\" = r.\"postcode\" AND l.\"surname\" = r.\"surname\"", "sql_dialect": "duckdb"},
         {"blocking_rule": "l.\"postcode\" = r.\"postcode\" AND l.\"first_name\" = r.\"first_name\"", "sql_dialect": "duckdb"},
         {"blocking_rule": "l.\"email\" = r.\"email\"", "sql_dialect": "duckdb"},
         {"blocking_rule": "l.\"phone\" = r.\"phone\"", "sql_dialect": "duckdb"},
         {"blocking_rule": "l.\"dob\" = r.\"dob\" AND l.\"town\" = r.\"town\"", "sql_dialect": "duckdb"},
         {"blocking_rule": "l.\"first_name\" = r.\"first_name\" AND l.\"town\" = r.\"town\"", "sql_dialect": "duckdb"}
        ],
        "comparisons": [
         {"output_column_name": "first_name", "comparison_description": "JaroWinklerAtThresholds", "comparison_levels": [
          {"sql_condition": "\"first_name_l\" IS NULL OR \"first_name_r\" IS NULL", "label_for_charts": "first_name is NULL", "fix_m_probability": false, "fix_u_probability": false, "is_null_level": true},
          {"sql_condition": "\"first_name_l\" = \"first_name_r\"", "label_for_charts": "Exact match on first_name", "m_probability": 0.68769955979064, "u_probability": 0.0029315342656606037, "fix_m_probability": false, "fix_u_probability": false, "tf_adjustment_column": "first_name", "tf_adjustment_weight": 1.0},
          {"sql_condition": "jaro_winkler_similarity(\"first_name_l\", \"first_name_r\") >= 0.9", "label_for_charts": "Jaro-Winkler distance of first_name >= 0.9", "m_probability": 0.05879068003564659, "u_probability": 0.00042333342276997194, "fix_m_probability": false, "fix_u_probability": false},
          {"sql_condition": "jaro_winkler_similarity(\"first_name_l\", \"first_name_r\") >= 0.7", "label_for_charts": "Jaro-Winkler distance of first_name >= 0.7", "m_probability": 0.05324422766291663, "u_probability": 0.02459408187824891, "fix_m_probability": false, "fix_u_probability": false},
          {"sql_condition": "ELSE", "label_for_charts": "All other comparisons", "m_probability": 0.2002655325107968, "u_probability": 0.9720510504333205, "fix_m_probability": false, "fix_u_probability": false}
         ]},
         {"output_column_name": "middle_name", "comparison_description": "JaroWinklerAtThresholds", "comparison_levels": [
          {"sql_condition": "\"middle_name_l\" IS NULL OR \"middle_name_r\" IS NULL", "label_for_charts": "middle_name is NULL", "fix_m_probability": false, "fix_u_probability": false, "is_null_level": true},
          {"sql_condition": "\"middle_name_l\" = \"middle_name_r\"", "label_for_charts": "Exact match on middle_name", "m_probability": 0.7182961463682915, "u_probability": 0.003515653149675201, "fix_m_probability": false, "fix_u_probability": false},
          {"sql_condition": "jaro_winkler_similarity(\"middle_name_l\", \"middle_name_r\") >= 0.9", "label_for_charts": "Jaro-Winkler distance of middle_name >= 0.9", "m_probability": 1.3200975468379013e-08, "u_probability": 0.0003731842655218918, "fix_m_probability": false, "fix_u_probability": false},
          {"sql_condition": "ELSE", "label_for_charts": "All other comparisons", "m_probability": 0.2817038470312206, "u_probability": 0.9961111625848029, "fix_m_probability": false, "fix_u_probability": false}
         ]},
         {"output_column_name": "surname", "comparison_description": "JaroWinklerAtThresholds", "comparison_levels": [
          {"sql_condition": "\"surname_l\" IS NULL OR \"surname_r\" IS NULL", "label_for_charts": "surname is NULL", "fix_m_probability": false, "fix_u_probability": false, "is_null_level": true},
          {"sql_condition": "\"surname_l\" = \"surname_r\"", "label_for_charts": "Exact match on surname", "m_probability": 0.6904913726440038, "u_probability": 0.0015994743179117514, "fix_m_probability": false, "fix_u_probability": false, "tf_adjustment_column": "surname", "tf_adjustment_weight": 1.0},
          {"sql_condition": "jaro_winkler_similarity(\"surname_l\", \"surname_r\") >= 0.9", "label_for_charts": "Jaro-Winkler distance of surname >= 0.9", "m_probability": 0.06937500619765494, "u_probability": 0.00026362799335814845, "fix_m_probability": false, "fix_u_probability": false},
          {"sql_condition": "jaro_winkler_similarity(\"surname_l\", \"surname_r\") >= 0.7", "label_for_charts": "Jaro-Winkler distance of surname >= 0.7", "m_probability": 0.014142840732111013, "u_probability": 0.017182052835771563, "fix_m_probability": false, "fix_u_probability": false},
          {"sql_condition": "ELSE", "label_for_charts": "All other comparisons", "m_probability": 0.2259907804262301, "u_probability": 0.9809548448529586, "fix_m_probability": false, "fix_u_probability": false}
         ]},
         {"output_column_name": "dob", "comparison_description": "LevenshteinAtThresholds", "comparison_levels": [
          {"sql_condition": "\"dob_l\" IS NULL OR \"dob_r\" IS NULL", "label_for_charts": "dob is NULL", "fix_m_probability": false, "fix_u_probability": false, "is_null_level": true},
          {"sql_condition": "\"dob_l\" = \"dob_r\"", "label_for_charts": "Exact match on dob", "m_probability": 0.9323794094532831, "u_probability": 5.197849372021472e-05, "fix_m_probability": false, "fix_u_probability": false, "tf_adjustment_column": "dob", "tf_adjustment_weight": 1.0},
          {"sql_condition": "levenshtein(\"dob_l\", \"dob_r\") <= 1", "label_for_charts": "Levenshtein distance of dob <= 1", "m_probability": 0.04174717203651991, "u_probability": 0.0015486742991981783, "fix_m_probability": false, "fix_u_probability": false},
          {"sql_condition": "levenshtein(\"dob_l\", \"dob_r\") <= 2", "label_for_charts": "Levenshtein distance of dob <= 2", "m_probability": 0.01678528357467154, "u_probability": 0.01772324229027212, "fix_m_probability": false, "fix_u_probability": false},
          {"sql_condition": "levenshtein(\"dob_l\", \"dob_r\") <= 4", "label_for_charts": "Levenshtein distance of dob <= 4", "m_probability": 0.009079644557094948, "u_probability": 0.39827808778953977, "fix_m_probability": false, "fix_u_probability": false},
          {"sql_condition": "ELSE", "label_for_charts": "All other comparisons", "m_probability": 8.490378430445905e-06, "u_probability": 0.5823980171272697, "fix_m_probability": false, "fix_u_probability": false}
         ]},
         {"output_column_name": "postcode", "comparison_description": "PostcodeComparison", "comparison_levels": [
          {"sql_condition": "\"postcode_l\" IS NULL OR \"postcode_r\" IS NULL", "label_for_charts": "postcode is NULL", "fix_m_probability": false, "fix_u_probability": false, "is_null_level": true},
          {"sql_condition": "\"postcode_l\" = \"postcode_r\"", "label_for_charts": "Exact match on full postcode", "m_probability": 0.7521007612819969, "u_probability": 9.713793988157185e-07, "fix_m_probability": false, "fix_u_probability": false},
          {"sql_condition": "NULLIF(regexp_extract(\"postcode_l\", '^[A-Za-z]{1,2}[0-9][A-Za-z0-9]? [0-9]', 0), '') = NULLIF(regexp_extract(\"postcode_r\", '^[A-Za-z]{1,2}[0-9][A-Za-z0-9]? [0-9]', 0), '')", "label_for_charts": "Exact match on sector", "m_probability": 0.02078349693082405, "u_probability": 0.0002062966998234882, "fix_m_probability": false, "fix_u_probability": false},
          {"sql_condition": "NULLIF(regexp_extract(\"postcode_l\", '^[A-Za-z]{1,2}[0-9][A-Za-z0-9]?', 0), '') = NULLIF(regexp_extract(\"postcode_r\", '^[A-Za-z]{1,2}[0-9][A-Za-z0-9]?', 0), '')", "label_for_charts": "Exact match on district", "m_probability": 0.2028426729207705, "u_probability": 0.0018730623257664093, "fix_m_probability": false, "fix_u_probability": false},
          {"sql_condition": "NULLIF(regexp_extract(\"postcode_l\", '^[A-Za-z]{1,2}', 0), '') = NULLIF(regexp_extract(\"postcode_r\", '^[A-Za-z]{1,2}', 0), '')", "label_for_charts": "Exact match on area", "m_probability": 0.02427306886640848, "u_probability": 0.00787242291527714, "fix_m_probability": false, "fix_u_probability": false},
          {"sql_condition": "ELSE", "label_for_charts": "All other comparisons", "u_probability": 0.9900472466797341, "fix_m_probability": false, "fix_u_probability": false}
         ]},
         {"output_column_name": "town", "comparison_description": "ExactMatch", "comparison_levels": [
          {"sql_condition": "\"town_l\" IS NULL OR \"town_r\" IS NULL", "label_for_charts": "town is NULL", "fix_m_probability": false, "fix_u_probability": false, "is_null_level": true},
          {"sql_condition": "\"town_l\" = \"town_r\"", "label_for_charts": "Exact match on town", "m_probability": 0.9306551736814263, "u_probability": 0.0020965078169791463, "fix_m_probability": false, "fix_u_probability": false, "tf_adjustment_column": "town", "tf_adjustment_weight": 1.0},
          {"sql_condition": "ELSE", "label_for_charts": "All other comparisons", "m_probability": 0.06934482631857382, "u_probability": 0.9979034921830209, "fix_m_probability": false, "fix_u_probability": false}
         ]},
         {"output_column_name": "email", "comparison_description": "EmailComparison", "comparison_levels": [
          {"sql_condition": "\"email_l\" IS NULL OR \"email_r\" IS NULL", "label_for_charts": "email is NULL", "fix_m_probability": false, "fix_u_probability": false, "is_null_level": true},
          {"sql_condition": "\"email_l\" = \"email_r\"", "label_for_charts": "Exact match on email", "m_probability": 0.7474599286758303, "u_probability": 9.296358616329983e-07, "fix_m_probability": false, "fix_u_probability": false, "tf_adjustment_column": "email", "tf_adjustment_weight": 1.0},
          {"sql_condition": "NULLIF(regexp_extract(\"email_l\", '^[^@]+', 0), '') = NULLIF(regexp_extract(\"email_r\", '^[^@]+', 0), '')", "label_for_charts": "Exact match on username", "m_probability": 0.10061134896483226, "u_probability": 9.296358616329983e-07, "fix_m_probability": false, "fix_u_probability": false},
          {"sql_condition": "jaro_winkler_similarity(\"email_l\", \"email_r\") >= 0.88", "label_for_charts": "Jaro-Winkler distance of email >= 0.88", "m_probability": 0.0823932490220962, "u_probability": 0.00012178229787392279, "fix_m_probability": false, "fix_u_probability": false},
          {"sql_condition": "jaro_winkler_similarity(NULLIF(regexp_extract(\"email_l\", '^[^@]+', 0), ''), NULLIF(regexp_extract(\"email_r\", '^[^@]+', 0), '')) >= 0.88", "label_for_charts": "Jaro-Winkler >0.88 on username", "m_probability": 0.0019597125975792874, "u_probability": 9.420310064547716e-05, "fix_m_probability": false, "fix_u_probability": false},
          {"sql_condition": "ELSE", "label_for_charts": "All other comparisons", "m_probability": 0.06757576073966191, "u_probability": 0.9997821553297573, "fix_m_probability": false, "fix_u_probability": false}
         ]}
        ]}
        """#
}
