import CampaignCore
import Testing

@testable import ZAPI

@Suite struct `The reply to a message` {
    private static func result(_ status: Int, retryAfter: String? = nil) -> PostResult {
        PostResult(
            of: .reply(status: status, headers: ReplyHeaders(retryAfter: retryAfter), body: []),
            now: Timestamp(milliseconds: 0))
    }

    @Test(arguments: [200, 201, 202, 204, 299]) func `says that it has arrived`(status: Int) {
        #expect(Self.result(status).verdict == .delivered)
    }

    @Test(arguments: [408, 425, 429, 500, 501, 502, 503, 504, 520, 599])
    func `has it posted again, when the server asks`(status: Int) {
        #expect(Self.result(status).verdict == .again(wait: nil))
        #expect(Self.result(status, retryAfter: "120").verdict == .again(wait: .seconds(120)))
        #expect(Self.result(status).isAddressBusy == [429, 502, 503, 504].contains(status))
    }

    @Test(arguments: [100, 300, 301, 302, 304, 307, 308, 400, 401, 403, 404, 405, 409, 413, 415, 422, 451])
    func `is final where it would be refused again, and a redirect is refused`(status: Int) {
        #expect(Self.result(status).verdict == .refused)
    }

    @Test func `may withdraw the address`() {
        #expect(Self.result(410).verdict == .gone)
    }

    @Test func `counts by its status, however it ends; without one it is posted again`() {
        let now = Timestamp(milliseconds: 0)
        let headers = ReplyHeaders()
        #expect(PostResult(of: .tooLarge(status: 200, headers: headers), now: now).verdict == .delivered)
        #expect(PostResult(of: .cutShort(status: 204, headers: headers, "x"), now: now).verdict == .delivered)
        #expect(PostResult(of: .cutShort(status: 410, headers: headers, "x"), now: now).verdict == .gone)
        for outcome in [WireOutcome.neverLeft("x"), .lost("x")] {
            let result = PostResult(of: outcome, now: now)
            #expect(result.verdict == .again(wait: nil) && result.isAddressBusy && result.problem == "x")
        }
    }

    @Test(arguments: [0.0, 0.5, 0.999_999]) func `has it posted again for a day at most, ever further apart`(
        random: Double
    ) {
        let retries = PostRetries()
        var waited = Duration.zero
        var tries = 1
        while let wait = retries.wait(afterTries: tries, waited: waited, asked: nil, random: random) {
            #expect(wait <= .seconds(14_400) && wait >= .zero)
            waited += wait
            tries += 1
        }
        #expect(tries == 15 && waited <= .seconds(86_400))
        // However long a server asks for.
        waited = .zero
        tries = 1
        while let wait = retries.wait(afterTries: tries, waited: waited, asked: .seconds(36_000), random: random) {
            #expect(wait == .seconds(36_000))
            waited += wait
            tries += 1
        }
        #expect(tries == 3)
    }
}
