import Text
import Time

/// A table of a paper, made by whoever owns the records.
package struct InspectionTable: Sendable, Hashable {
  package let title: String
  package let heads: [String]
  package let rows: [[String]]
  /// The kind of record it is the register of; nil for others.
  package let kind: String?
  /// The columns that hold days, by their place, with the day of each row; nil where a cell holds none.
  package let days: [Int: [LocalDate?]]

  package init(
    title: String,
    heads: [String],
    rows: [[String]],
    kind: String? = nil,
    days: [Int: [LocalDate?]] = [:]
  ) {
    self.title = title
    self.heads = heads
    self.rows = rows
    self.kind = kind
    self.days = days
  }
}

/// What the others contribute to an inspection, in the reader's language.
package struct InspectionRecords: Sendable {
  /// 連絡体制図: who answers for what, and whom to call outside.
  package let contactChart: [InspectionTable]
  /// Which regulations there are, with edition and date.
  package let regulations: InspectionTable?
  /// Extracts of the registers, for the staff's copy.
  package let registers: [InspectionTable]
  /// 研修の記録: nil where nobody keeps any.
  package let training: InspectionTraining?

  package init(
    contactChart: [InspectionTable],
    regulations: InspectionTable?,
    registers: [InspectionTable],
    training: InspectionTraining? = nil
  ) {
    self.contactChart = contactChart
    self.regulations = regulations
    self.registers = registers
    self.training = training
  }

  package static let none = InspectionRecords(contactChart: [], regulations: nil, registers: [])
}

/// What is on record of the trainings of the fiscal year: counts, no names.
package struct InspectionTraining: Sendable, Hashable {
  package let table: InspectionTable
  /// What is missing, in the reader's language; nil where nothing is.
  package let missing: String?
  /// Where it is settled.
  package let link: String

  package init(table: InspectionTable, missing: String?, link: String) {
    self.table = table
    self.missing = missing
    self.link = link
  }
}
