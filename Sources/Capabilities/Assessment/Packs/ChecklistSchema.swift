/// `Documentation/checklist.schema.json`: what the file of a checklist may hold, for editors and other programs (JSON
/// Schema, draft 2020-12). Kinds and words are those of the program, so that it cannot say more or less than the reader
/// takes; what only the reader can tell (topics there are, a parent that stands above) it leaves to `assess pack check`.
package enum ChecklistSchema {
  package static var text: String {
    """
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "urn:yagura:checklist:1",
      "title": "A checklist of Yagura",
      "type": "object",
      "required": ["pack", "edition", "title", "valid", "publisher", "source", "verification", "entries"],
      "additionalProperties": false,
      "properties": {
        "pack": {"type": "string", "pattern": "^[a-z0-9.-]+$"},
        "edition": {"$ref": "#/$defs/number"},
        "title": {"$ref": "#/$defs/words"},
        "valid": {
          "type": "object", "required": ["from"], "additionalProperties": false,
          "properties": {"from": {"$ref": "#/$defs/day"}, "to": {"$ref": "#/$defs/day"}}
        },
        "publisher": {"$ref": "#/$defs/text"},
        "source": {
          "type": "object", "required": ["title"], "additionalProperties": false,
          "properties": {
            "title": {"$ref": "#/$defs/text"}, "english": {"$ref": "#/$defs/text"}, "address": {"$ref": "#/$defs/text"}
          }
        },
        "verification": {
          "anyOf": [
            {"const": "unverified"},
            {
              "type": "object", "required": ["by", "on"], "additionalProperties": false,
              "properties": {"by": {"$ref": "#/$defs/text"}, "on": {"$ref": "#/$defs/day"}}
            }
          ]
        },
        "entries": {"type": "array", "minItems": 2, "items": {"$ref": "#/$defs/entry"}}
      },
      "$defs": {
        "text": {"type": ["string", "number", "boolean"]},
        "number": {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": "^-?[0-9]+$"}]},
        "day": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
        "flag": {"enum": ["yes", true]},
        "words": {
          "type": "object", "required": ["ja", "en"], "additionalProperties": false,
          "properties": {"ja": {"$ref": "#/$defs/text"}, "en": {"$ref": "#/$defs/text"}}
        },
        "choice": {
          "type": "object", "required": ["key", "ja", "en"], "additionalProperties": false,
          "properties": {
            "key": {"type": "string", "pattern": "^[a-z0-9-]{1,40}$"},
            "ja": {"$ref": "#/$defs/text"}, "en": {"$ref": "#/$defs/text"}
          }
        },
        "conditions": {
          "type": "array",
          "items": {
            "type": "object", "required": ["fact", "is"], "additionalProperties": false,
            "properties": {
              "fact": {"$ref": "#/$defs/text"},
              "is": {"enum": ["none", "atLeast", "atMost", "percentAtLeast", "percentAtMost"]},
              "value": {"$ref": "#/$defs/number"}
            }
          }
        },
        "entry": {
          "type": "object",
          "oneOf": [
            {"$ref": "#/$defs/form"}, {"$ref": "#/$defs/section"}, {"$ref": "#/$defs/item"},
            {"$ref": "#/$defs/topic"}, {"$ref": "#/$defs/note"}, {"$ref": "#/$defs/measure"},
            {"$ref": "#/$defs/outcome"}, {"$ref": "#/$defs/workbook"}
          ]
        },
        "form": {
          "type": "object", "required": ["form", "cycle"], "additionalProperties": false,
          "properties": {
            "form": {"enum": ["checklist", "levels"]},
            "by": {"enum": ["hospital", "vendor"]},
            "cycle": {"enum": ["fiscalYear", "month"]},
            "months": {"type": "array", "minItems": 1, "maxItems": 12, "items": {"$ref": "#/$defs/number"}},
            "year": {"$ref": "#/$defs/number"}, "goal": {"enum": [0, 1, 2, 3, "0", "1", "2", "3"]},
            "target": {"const": "fiscalYear"}
          }
        },
        "section": {
          "type": "object", "required": ["section", "title"], "additionalProperties": false,
          "properties": {"section": {"$ref": "#/$defs/text"}, "title": {"$ref": "#/$defs/words"}}
        },
        "note": {
          "type": "object", "required": ["note"], "additionalProperties": false,
          "properties": {"note": {"$ref": "#/$defs/words"}}
        },
        "item": {
          "type": "object", "required": ["item", "topic", "text"], "additionalProperties": false,
          "properties": {
            "item": {"anyOf": [{"type": "number"}, {"type": "string", "maxLength": \(ChecklistReader.longestNumber)}]},
            "topic": {"$ref": "#/$defs/text"}, "text": {"$ref": "#/$defs/words"},
            "kind": {"enum": [\(list(AnswerKind.ofItems.map(\.rawValue)))]},
            "choices": {
              "type": "array", "minItems": 2, "maxItems": \(AnswerFormat.mostChoices), "items": {"$ref": "#/$defs/choice"}
            },
            "least": {"$ref": "#/$defs/number"}, "most": {"$ref": "#/$defs/number"},
            "unit": {"$ref": "#/$defs/words"},
            "within": {"const": "fiscalYear"},
            "parent": {
              "type": "object", "required": ["item", "is"], "additionalProperties": false,
              "properties": {
                "item": {"$ref": "#/$defs/text"},
                "is": {
                  "anyOf": [
                    {"$ref": "#/$defs/text"}, {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/text"}}
                  ]
                }
              }
            },
            "part": {"enum": ["server", "client", "network"]},
            "gate": {"$ref": "#/$defs/flag"}, "pending": {"$ref": "#/$defs/flag"},
            "absent": {"enum": ["vendorContract", "any"]},
            "levels": {"type": "array", "minItems": 4, "maxItems": 4, "items": {"$ref": "#/$defs/words"}},
            "measure": {"$ref": "#/$defs/text"},
            "row": {"enum": [\(list(ChecklistItem.Row.allCases.map(\.rawValue)))]},
            "asks": {"const": "departments"}, "confirm": {"const": "second"}
          },
          "allOf": [
            {
              "if": {"properties": {"kind": {"const": "choice"}}, "required": ["kind"]},
              "then": {"required": ["choices"]}, "else": {"properties": {"choices": false}}
            },
            {
              "if": {"properties": {"kind": {"const": "number"}}, "required": ["kind"]},
              "else": {"properties": {"least": false, "most": false, "unit": false}}
            },
            {
              "if": {"properties": {"kind": {"const": "date"}}, "required": ["kind"]},
              "else": {"properties": {"within": false}}
            }
          ]
        },
        "topic": {
          "type": "object", "required": ["topic", "title", "needs"], "additionalProperties": false,
          "properties": {
            "topic": {"type": "string", "pattern": "^own\\\\..", "maxLength": 80},
            "title": {"$ref": "#/$defs/words"}, "needs": {"$ref": "#/$defs/words"},
            "keeps": {"$ref": "#/$defs/number"},
            "decides": {"$ref": "#/$defs/conditions"}, "proves": {"$ref": "#/$defs/conditions"},
            "refutes": {"$ref": "#/$defs/conditions"},
            "beside": {"type": "array", "items": {"$ref": "#/$defs/text"}},
            "levels": {
              "type": "array", "maxItems": 3,
              "items": {
                "type": "object", "required": ["level"], "additionalProperties": false,
                "properties": {"level": {"$ref": "#/$defs/number"}, "proves": {"$ref": "#/$defs/conditions"}}
              }
            }
          }
        },
        "measure": {
          "type": "object", "required": ["measure", "title", "risk", "prepare", "do", "strengthen"],
          "additionalProperties": false,
          "properties": {
            "measure": {"$ref": "#/$defs/text"}, "title": {"$ref": "#/$defs/words"},
            "risk": {"$ref": "#/$defs/words"}, "prepare": {"$ref": "#/$defs/words"},
            "do": {"$ref": "#/$defs/words"}, "strengthen": {"$ref": "#/$defs/words"},
            "effort": {"enum": [\(list(MeasureWeight.Effort.allCases.map(\.rawValue)))]},
            "cost": {"enum": [\(list(MeasureWeight.Cost.allCases.map(\.rawValue)))]}
          },
          "dependentRequired": {"effort": ["cost"], "cost": ["effort"]}
        },
        "outcome": {
          "type": "object", "required": ["outcome", "title"], "additionalProperties": false,
          "properties": {
            "outcome": {"enum": ["allYes", "otherwise"]}, "title": {"$ref": "#/$defs/words"},
            "references": {
              "type": "array",
              "items": {
                "type": "object", "required": ["title"], "additionalProperties": false,
                "properties": {"title": {"$ref": "#/$defs/words"}, "address": {"$ref": "#/$defs/text"}}
              }
            }
          }
        },
        "workbook": {
          "type": "object", "required": ["workbook", "bytes", "address"], "additionalProperties": false,
          "properties": {
            "workbook": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "bytes": {"$ref": "#/$defs/number"}, "address": {"$ref": "#/$defs/text"}
          }
        }
      }
    }

    """
  }

  private static func list(_ words: [String]) -> String { words.map { "\"\($0)\"" }.joined(separator: ", ") }
}
