import Nouns
import Text

/// The methods the program answers. `HEAD` and `OPTIONS` are answered from the routes themselves.
package enum WebMethod: String, Sendable, CaseIterable {
  case get = "GET"
  case head = "HEAD"
  case post = "POST"
  case put = "PUT"
  case patch = "PATCH"
  case delete = "DELETE"
  case options = "OPTIONS"

  /// Changes nothing, so needs no token against forgery.
  package var isSafe: Bool { self == .get || self == .head || self == .options }
}

/// Who may call a route.
package enum Access: Sendable, Hashable {
  /// Everybody, also strangers.
  case open
  case needs(Permission)
}

package typealias Handler = @Sendable (WebRequest) async throws -> WebResponse

/// One address of the program and what answers it. A list of routes is data: tests try each as each role.
package struct Route: Sendable {
  package let method: WebMethod
  /// `/ledger/:kind/:id`; a last segment `*rest` takes whatever follows, slashes included.
  package let pattern: String
  package let access: Access
  /// The largest body in bytes; more is answered with 413.
  package var bodyLimit: Int
  /// Until a request is given up with 503, nil for the setting's.
  package var timeLimit: Duration?
  /// What it takes and answers, where it belongs to `/api/v1`.
  package internal(set) var endpoint: Endpoint?
  package let handler: Handler

  package init(
    _ method: WebMethod,
    _ pattern: String,
    access: Access,
    bodyLimit: Int = Route.smallBody,
    timeLimit: Duration? = nil,
    handler: @escaping Handler
  ) {
    self.method = method
    self.pattern = pattern
    self.access = access
    self.bodyLimit = bodyLimit
    self.timeLimit = timeLimit
    self.handler = handler
  }

  /// Forms: 1 MB.
  package static let smallBody = 1 << 20
  /// Uploads of files: 64 MB.
  package static let fileBody = 64 << 20

  /// The same route for larger bodies, as uploads need.
  package func accepting(bytes: Int) -> Route {
    var copy = self
    copy.bodyLimit = bytes
    return copy
  }

  package func within(_ limit: Duration) -> Route {
    var copy = self
    copy.timeLimit = limit
    return copy
  }
}

extension Route {
  package typealias ScopedHandler<P: Permit> = @Sendable (WebRequest, Scope<P>) async throws -> WebResponse

  package static func get<P: Permit>(
    _ pattern: String,
    _ permit: P.Type,
    _ handler: @escaping ScopedHandler<P>
  ) -> Route { needing(permit, .get, pattern, handler) }

  package static func post<P: Permit>(
    _ pattern: String,
    _ permit: P.Type,
    _ handler: @escaping ScopedHandler<P>
  ) -> Route { needing(permit, .post, pattern, handler) }

  package static func put<P: Permit>(
    _ pattern: String,
    _ permit: P.Type,
    _ handler: @escaping ScopedHandler<P>
  ) -> Route { needing(permit, .put, pattern, handler) }

  package static func patch<P: Permit>(
    _ pattern: String,
    _ permit: P.Type,
    _ handler: @escaping ScopedHandler<P>
  ) -> Route { needing(permit, .patch, pattern, handler) }

  package static func delete<P: Permit>(
    _ pattern: String,
    _ permit: P.Type,
    _ handler: @escaping ScopedHandler<P>
  ) -> Route { needing(permit, .delete, pattern, handler) }

  /// For everybody, strangers included: the sign-in page, the setup assistant.
  package static func open(_ method: WebMethod, _ pattern: String, _ handler: @escaping Handler) -> Route {
    Route(method, pattern, access: .open, handler: handler)
  }

  private static func needing<P: Permit>(
    _ permit: P.Type,
    _ method: WebMethod,
    _ pattern: String,
    _ handler: @escaping ScopedHandler<P>
  ) -> Route {
    Route(method, pattern, access: .needs(P.permission)) { request in
      try await handler(request, request.scope(permit))
    }
  }
}
