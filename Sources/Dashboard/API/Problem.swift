import CampaignCore
import HTTPTypes
import Hummingbird
import NIOCore

/// An error for programs (RFC 9457, `application/problem+json`), in English.
struct Problem: Encodable {
    private enum CodingKeys: CodingKey {
        case type, title, status, detail
    }

    let error: DashboardError

    init(_ error: DashboardError) { self.error = error }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode("urn:discador:problem:\(error.word)", forKey: .type)
        try container.encode(error.status.reasonPhrase, forKey: .title)
        try container.encode(error.status.code, forKey: .status)
        try container.encode(error.phrase.english, forKey: .detail)
    }

    func response() -> Response {
        var headers = error.headers
        headers[.contentType] = "application/problem+json"
        let bytes = (try? JSONText.bytes(of: self)) ?? []
        return Response(
            status: error.status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
