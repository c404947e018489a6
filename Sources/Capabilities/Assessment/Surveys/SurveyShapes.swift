import Text
import Web

extension Survey {
  /// As programs and the command line are told of it.
  package static let shape = JSONShape<Survey>([
    .text("id") { $0.id }, .text("title") { $0.title },
    .choice("naming", Survey.Naming.allCases.map(\.rawValue)) { $0.naming.rawValue },
    .choice("cycle", Survey.Cycle.allCases.map(\.rawValue)) { $0.cycle.rawValue },
    .flag("open") { $0.state == .open }, .day("due") { $0.due }, .instant("createdAt") { $0.createdAt },
  ])
}

extension PollStore.Asked {
  /// As programs and the command line are told of it.
  package static let shape = JSONShape<PollStore.Asked>([
    .text("id") { $0.survey.id }, .text("title") { $0.survey.title },
    .choice("naming", Survey.Naming.allCases.map(\.rawValue)) { $0.survey.naming.rawValue },
    .flag("open") { $0.survey.state == .open }, .day("due") { $0.survey.due }, .text("name") { $0.respondent.name },
    .text("stratum") { $0.respondent.stratum },
  ])
}
