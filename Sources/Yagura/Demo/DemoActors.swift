import Identity
import Nouns
import Time

/// Who does things in the sample hospital. The one person with an account acts by that account, so that the rules of a second
/// person hold for whoever signs in; the others are known by name alone.
struct DemoActors: Sendable {
  let administrator: Actor
  private let people: [String]

  init(_ house: House, _ facility: FacilityID, _ people: [String]) async throws {
    let scope = Scope<ManageUsers>.operatorOf(facility, as: .system, request: house.ids.next())
    guard let account = try await house.identity.account(named: DemoPlay.signIn.user, in: scope) else {
      preconditionFailure("the sample hospital is set up with an account")
    }
    administrator = Actor(id: account.id, name: account.name)
    self.people = people
  }

  /// By the place among the people of the story, the administrator first.
  subscript(person: Int) -> Actor {
    person == 0 ? administrator : Actor(id: "demo-\(person)", name: people[person])
  }
}
