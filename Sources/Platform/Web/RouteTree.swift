/// Finds the route of a path: one node a segment, literal segments before parameters.
struct RouteTree: Sendable {
  /// What a path leads to.
  enum Match: Sendable {
    case found(Route, parameters: [String: String])
    /// The path exists, for these methods only.
    case otherMethods([WebMethod])
    case nothing
  }

  private struct Leaf: Sendable {
    let route: Route
    let names: [String]
  }

  private struct Node: Sendable {
    var literals: [String: Int] = [:]
    var parameter: Int?
    var leaves: [WebMethod: Leaf] = [:]
    /// Leaves that take the rest of the path.
    var rest: [WebMethod: Leaf] = [:]
  }

  private var nodes = [Node()]

  /// Two routes of one method and shape are a fault of the program, found when it starts.
  init(_ routes: [Route]) {
    for route in routes { add(route) }
  }

  private mutating func add(_ route: Route) {
    precondition(route.pattern.hasPrefix("/"), "a route begins with a slash: \(route.pattern)")
    var node = 0
    var names: [String] = []
    for segment in route.pattern.split(separator: "/") {
      if segment.hasPrefix("*") {
        names.append(String(segment.dropFirst()))
        precondition(nodes[node].rest[route.method] == nil, "two routes \(route.method.rawValue) \(route.pattern)")
        nodes[node].rest[route.method] = Leaf(route: route, names: names)
        return
      }
      if segment.hasPrefix(":") {
        names.append(String(segment.dropFirst()))
        node = nodes[node].parameter ?? grow { $0[node].parameter = $1 }
      } else {
        let literal = String(segment)
        node = nodes[node].literals[literal] ?? grow { $0[node].literals[literal] = $1 }
      }
    }
    precondition(nodes[node].leaves[route.method] == nil, "two routes \(route.method.rawValue) \(route.pattern)")
    nodes[node].leaves[route.method] = Leaf(route: route, names: names)
  }

  private mutating func grow(_ link: (inout [Node], Int) -> Void) -> Int {
    nodes.append(Node())
    link(&nodes, nodes.count - 1)
    return nodes.count - 1
  }

  func match(_ method: WebMethod, _ segments: [String]) -> Match {
    var others: Set<WebMethod> = []
    var values: [String] = []
    let wanted: WebMethod = method == .head ? .get : method
    if let leaf = search(0, segments[...], wanted, &values, &others) {
      return .found(leaf.route, parameters: Dictionary(zip(leaf.names, values), uniquingKeysWith: { _, last in last }))
    }
    guard !others.isEmpty else { return .nothing }
    if others.contains(.get) { others.insert(.head) }
    others.insert(.options)
    return .otherMethods(WebMethod.allCases.filter(others.contains))
  }

  private func search(
    _ index: Int,
    _ segments: ArraySlice<String>,
    _ method: WebMethod,
    _ values: inout [String],
    _ others: inout Set<WebMethod>
  ) -> Leaf? {
    let node = nodes[index]
    guard let segment = segments.first else {
      if let leaf = node.leaves[method] { return leaf }
      others.formUnion(node.leaves.keys)
      return nil
    }
    if let next = node.literals[segment], let leaf = search(next, segments.dropFirst(), method, &values, &others) {
      return leaf
    }
    if let next = node.parameter {
      values.append(segment)
      if let leaf = search(next, segments.dropFirst(), method, &values, &others) { return leaf }
      values.removeLast()
    }
    if let leaf = node.rest[method] {
      values.append(segments.joined(separator: "/"))
      return leaf
    }
    others.formUnion(node.rest.keys)
    return nil
  }
}
