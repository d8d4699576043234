import CampaignCore
import CampaignStore
import Foundation
import Ongoing
import TestJSON
import Testing
import ZAPISimulator

@testable import discador

/// The API of a running service.
@Suite(.fewAtATime) struct `The API` {
    private static let documents = [
        "/campaigns", "/campaigns/camp", "/campaigns/camp/people", "/campaigns/camp/people/11987654301",
        "/campaigns/camp/doubts", "/campaigns/camp/series", "/replies", "/blocks", "/instances", "/events", "/actions",
        "/openapi.json",
    ]

    @Test func `whoever may only read sees every document, and no phone`() async throws {
        let cli = try await CLIFixture.dialed()
        #expect(try await cli.discador("block", "add", "11987654305").exitCode == 0)
        let (service, api) = try await cli.serveAPI("read")
        for path in Self.documents {
            let answer = try await api.get(path)
            guard !path.contains("/people/") else {
                // That there is somebody with a number would tell the number.
                #expect(answer.status == 403)
                continue
            }
            #expect(answer.status == 200, "\(path): \(answer.text)")
            #expect(answer.headers["content-type"] == "application/json")
            if path != "/openapi.json" {
                #expect(!answer.text.contains("9876543"), "\(path): \(answer.text)")
                #expect(!answer.text.contains("secret-"), "\(path)")
            }
        }
        let blocks = try await api.get("/blocks")
        #expect(try blocks.json["blocks"]?[0]?["phone"] == "5511•••••4305")
        for (method, path) in [("POST", "/campaigns/camp/start"), ("POST", "/campaigns/camp/contacts")] {
            let answer = try await api(method, path, "{}")
            #expect(answer.status == 403, "\(answer.text)")
        }
        let nobody = ServedAPI(port: api.port, token: "")
        #expect(try await nobody.get("/campaigns").status == 401)
        #expect(try await nobody.get("/nothing").headers["content-type"] == "application/problem+json")
        try await cli.stop(service)
        await cli.simulator.shutdown()
    }

    @Test func `people come page by page, each once, and a filter is that of the commands`() async throws {
        let cli = try await CLIFixture.dialed()
        let (service, api) = try await cli.serveAPI("read", "operate")
        var (cursor, phones): (String?, [String]) = ("", [])
        while let place = cursor {
            let page = try await api.get("/campaigns/camp/people?limit=2" + (place.isEmpty ? "" : "&cursor=\(place)"))
            phones += try page.json["contacts"]?.items.compactMap { $0["phone"]?.text } ?? []
            cursor = try page.json["next"]?.text
        }
        #expect(phones.count == 6 && Set(phones).count == 6)
        let doubts = try await api.get("/campaigns/camp/people?where=state%20%3D%20in_doubt")
        #expect(try doubts.json["contacts"]?.count == 3)
        #expect(try await api.get("/campaigns/camp/doubts").json["doubts"]?.count == 3)
        for query in ["where=state%20%3D", "cursor=x", "limit=0", "page=2"] {
            let answer = try await api.get("/campaigns/camp/people?\(query)")
            #expect(answer.status == 422, "\(query): \(answer.text)")
            #expect(try answer.json["errors"]?[0]?["field"]?.text == String(query.prefix { $0 != "=" }))
        }
        let tag = try #require(try await api.get("/campaigns/camp/people").headers["etag"])
        #expect(try await api("GET", "/campaigns/camp/people", headers: ["If-None-Match": tag]).status == 304)
        for path in Self.documents where path.hasPrefix("/campaigns/camp") {
            let other = "/campaigns/none" + path.dropFirst("/campaigns/camp".count)
            let answer = try await api.get(other)
            #expect(answer.status == 404, "\(other)")
            #expect(try answer.json["type"] == "urn:discador:problem:unknown-campaign")
        }
        try await cli.stop(service)
        await cli.simulator.shutdown()
    }

    @Test func `it starts, pauses, resumes and cancels a campaign, and nobody rings twice`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(20))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let (service, api) = try await cli.serveAPI("read", "operate")
        #expect(try await api("POST", "/campaigns/camp/pause").json["wasPaused"] == false)
        #expect(try await api("POST", "/campaigns/camp/start").status == 409)
        #expect(try await api("POST", "/campaigns/camp/resume").json["wasPaused"] == true)
        for _ in 0..<2 { #expect(try await api("POST", "/campaigns/camp/start", "{}").status == 202) }
        try await service.wait(for: "the end of the run") { cli.dialed() == [] }
        #expect(try cli.counts().accepted == 20)
        try cli.expectNobodyRangTwice()
        let cancelled = try await api("POST", "/campaigns/camp/cancel")
        #expect(try cancelled.json["cancelled"] == 0)
        let log = try await api.get("/actions")
        let done = try log.json["actions"]?.items.filter { $0["by"]?["kind"] == "api" }.compactMap {
            $0["operation"]?.text
        }
        #expect(done?.contains("pause") == true && done?.contains("run") == true, "\(log.text)")
        try await cli.stop(service)
        await cli.simulator.shutdown()
    }

    @Test func `it blocks, unblocks, resolves and retries`() async throws {
        let cli = try await CLIFixture.dialed()
        let (service, api) = try await cli.serveAPI("read", "operate")
        #expect(try await api("DELETE", "/blocks/11987654309").status == 404)
        let blocked = try await api("PUT", "/blocks/11987654309", #"{"reason": "by e-mail"}"#)
        #expect(try blocked.json["wasBlocked"] == false)
        #expect(try await api("PUT", "/blocks/11987654309").json["wasBlocked"] == true)
        #expect(try await api.get("/blocks?phone=11987654309").json["blocks"]?[0]?["reason"] == "by e-mail")
        #expect(try await api("DELETE", "/blocks/11987654309").json["removed"]?[0] == "5511987654309")
        #expect(try await api("PUT", "/blocks/abc").status == 422)
        let resolved = try await api(
            "POST", "/campaigns/camp/doubts/resolve", #"{"as": "called", "phones": ["11987654397"]}"#)
        #expect(try resolved.json["resolved"]?[0] == "5511987654397", "\(resolved.text)")
        let early = try await api(
            "POST", "/campaigns/camp/retry", #"{"where": "state = failed", "seenAt": "2020-01-01T00:00:00Z"}"#)
        #expect(try early.json["requeued"] == 0 && early.json["calledSince"] == 2, "\(early.text)")
        let retried = try await api("POST", "/campaigns/camp/retry", #"{"where": "state = failed"}"#)
        #expect(try retried.json["requeued"] == 2, "\(retried.text)")
        #expect(try await api("POST", "/replies/7/decide", #"{"as": "block"}"#).status == 404)
        let unreadable = try await api("POST", "/campaigns/camp/retry", #"{"were": "x"}"#)
        #expect(try unreadable.json["errors"]?.count == 2)
        try await cli.stop(service)
        await cli.simulator.shutdown()
    }
}
