package import CampaignCore
import HTTPTypes
import Hummingbird
import NIOCore

/// An error for programs (RFC 9457, `application/problem+json`), in English.
struct Problem: Encodable {
    static let type = "application/problem+json"

    private enum CodingKeys: CodingKey {
        case type, title, status, detail, errors
    }

    let error: DashboardError
    /// What is wrong with parts of the request; empty where that is not the reason.
    let errors: [RequestFault]

    init(_ error: DashboardError, errors: [RequestFault] = []) {
        (self.error, self.errors) = (error, errors)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode("urn:discador:problem:\(error.word)", forKey: .type)
        try container.encode(error.status.reasonPhrase, forKey: .title)
        try container.encode(error.status.code, forKey: .status)
        try container.encode(error.phrase.english, forKey: .detail)
        if !errors.isEmpty { try container.encode(errors, forKey: .errors) }
    }

    private var headers: HTTPFields {
        var headers = error.headers
        headers[.contentType] = Self.type
        return headers
    }

    private var body: ResponseBody {
        ResponseBody(byteBuffer: ByteBuffer(bytes: (try? JSONText.bytes(of: self)) ?? []))
    }

    func response() -> Response { Response(status: error.status, headers: headers, body: body) }

    /// The same from a handler.
    var answer: DashboardResponse { DashboardResponse(.body(body), status: error.status, headers: headers) }
}

/// What is wrong with one part of a request.
package struct RequestFault: Encodable, Hashable, Sendable {
    /// A key of the body, a parameter of the address, or a header; `line 3: name` in a body of several lines.
    package var field: String
    /// One sentence: what is wrong, and what would be right.
    package var detail: String

    package init(_ field: String, _ detail: String) {
        (self.field, self.detail) = (field, detail)
    }
}

/// A request of a program that has to be corrected: each of its faults is named.
package struct RequestRefusal: Error, Explained, Sendable {
    package var faults: [RequestFault]

    package init(_ faults: [RequestFault]) { self.faults = faults }

    package init(_ field: String, _ detail: String) { self.init([RequestFault(field, detail)]) }

    package var phrase: Phrase {
        Phrase(verbatim: faults.map { "\($0.field): \($0.detail)" }.joined(separator: " "))
    }

    var problem: Problem {
        let what = Phrase(
            "The request cannot be carried out as it is, and nothing was changed: `errors` says what to correct.",
            "O pedido não pode ser atendido assim, e nada foi alterado: `errors` diz o que corrigir.")
        return Problem(DashboardError(.unprocessableContent, "invalid", what), errors: faults)
    }
}
