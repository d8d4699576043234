package import CampaignCore
package import HTTPTypes
package import Hummingbird
import NIOCore

/// A request that has passed every check of its route: the host, the origin, who sends it, and what they may do.
package struct DashboardRequest: Sendable {
    /// As it was sent, without the query.
    package var path: String
    /// The decoded parts of the path that the route names, such as `campaign`.
    package var parameters: [String: String] = [:]
    package var query = FormFields()
    /// The fields of a form that was posted; empty for every other request.
    package var form = FormFields()
    /// Who is signed in; nil on pages for everybody, and for programs.
    package var visitor: Visitor?
    /// The program whose token came with the request; nil for browsers.
    package var client: APIClient?
    package var language: Language
    /// The IANA name of the browser's time zone, as its script has told; nil when it has not.
    package var timeZone: String?
    package var headers: HTTPFields = [:]
    /// What was sent, for routes that read it themselves (``DashboardRoute/Body/stream(limit:)``).
    package var body = RequestBody(buffer: ByteBuffer())

    /// A named part of the path; empty for one that the route does not have.
    package subscript(parameter name: String) -> String { parameters[name] ?? "" }

    /// Who is told to have done something.
    package var actor: Actor {
        if let client { return Actor(.api, client.name) }
        return Actor(.dashboard, visitor?.name ?? "")
    }

    /// Whether phones are shown in full.
    package var seesPhones: Bool { visitor?.level == .operate || client?.scopes.contains(.operate) ?? false }

    /// Path and query, to come back to.
    package var address: String { query.fields.isEmpty ? path : "\(path)?\(query.encoded)" }

    /// The field that every form has: without it, nothing is changed.
    package static let tokenField = "token"

    /// For routes that read their body themselves: throws unless `token` is that of this visitor's forms.
    package func requireFormToken(_ token: String?) throws(DashboardError) {
        guard let visitor, let token, ConstantTime.areEqual(Array(token.utf8), Array(visitor.formToken.utf8)) else {
            throw .foreignForm
        }
    }
}

/// Somebody who is signed in.
package struct Visitor: Sendable, Hashable {
    package var name: String
    package var level: DashboardLevel
    /// What forms of this session carry.
    package var formToken: String
    /// The hash of the session's token.
    package var session: [UInt8]

    package init(name: String, level: DashboardLevel, formToken: String, session: [UInt8]) {
        (self.name, self.level, self.formToken, self.session) = (name, level, formToken, session)
    }
}

/// A program that uses the API.
package struct APIClient: Sendable, Hashable {
    package var name: String
    package var scopes: Set<APIScope>
    /// The hash of its token.
    package var tokenHash: [UInt8]

    package init(name: String, scopes: Set<APIScope>, tokenHash: [UInt8]) {
        (self.name, self.scopes, self.tokenHash) = (name, scopes, tokenHash)
    }
}
