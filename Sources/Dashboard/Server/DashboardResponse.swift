package import CampaignCore
package import HTTPTypes
package import Hummingbird
import NIOCore

/// What a route answers with.
package struct DashboardResponse: Sendable {
    package enum Content: Sendable {
        /// A page, in the frame that all pages have.
        case page(Page)
        /// See another page, at a path of ours; what was done is said there.
        case redirect(to: String, notice: Phrase?)
        /// Anything else.
        case body(ResponseBody)
    }

    package var status: HTTPResponse.Status = .ok
    package var headers: HTTPFields = [:]
    package var content: Content

    package init(_ content: Content, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) {
        (self.content, self.status, self.headers) = (content, status, headers)
    }

    package static func page(_ page: Page, status: HTTPResponse.Status = .ok) -> Self {
        DashboardResponse(.page(page), status: status)
    }

    /// After something was done by a form.
    package static func redirect(to path: String, notice: Phrase? = nil) -> Self {
        DashboardResponse(.redirect(to: path, notice: notice), status: .seeOther)
    }

    package static func bytes(
        _ bytes: [UInt8], type: String, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
    ) -> Self {
        var headers = headers
        headers[.contentType] = type
        return DashboardResponse(
            .body(ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))), status: status, headers: headers)
    }

    /// A file to be saved, under a name of ours.
    ///
    /// - Parameter name: letters, digits, `.`, `-` and `_`; other characters become `-`.
    package static func download(_ body: ResponseBody, name: String, type: String) -> Self {
        let safe = name.map { $0.isASCII && ($0.isLetter || $0.isNumber || ".-_".contains($0)) ? $0 : "-" }
        return DashboardResponse(
            .body(body), headers: [.contentType: type, .contentDisposition: "attachment; filename=\"\(String(safe))\""])
    }
}
