import CampaignCore
import HTTPTypes
import TestJSON
import Testing

@testable import Dashboard

@Suite struct OpenAPITests {
    private let file: OpenAPIFile
    private let section = StubAPI.section()

    init() throws { file = try OpenAPIFile() }

    private func name(of route: DashboardRoute) -> String {
        let parts = route.pattern.dropFirst(APISection.path.count).split(separator: "/")
        let path = parts.map { $0.hasPrefix(":") ? "{\($0.dropFirst())}" : String($0) }.joined(separator: "/")
        return "\(route.method.rawValue) /\(path)"
    }

    private func route(_ operation: OpenAPIFile.Operation) throws -> DashboardRoute {
        try #require(section.routes.first { name(of: $0) == operation.name })
    }

    @Test func `every route is in the file, and everything in the file is a route`() {
        #expect(file.operations.map(\.name) == section.routes.map(name).sorted())
        #expect(section.routes.allSatisfy { $0.pattern.hasPrefix(APISection.path + "/") })
    }

    @Test func `the file names the scope that each route needs`() throws {
        for operation in file.operations {
            let scope = operation.document["security"]?[0]?["token"]?[0]?.text
            let known = try #require(scope.flatMap { APIScope(rawValue: $0) })
            #expect(try route(operation).access == .scope(known))
        }
    }

    @Test func `the parts of a path are parameters, and no others`() throws {
        for operation in file.operations {
            let parts = operation.name.split(separator: "/").filter { $0.hasPrefix("{") }.map {
                $0.dropFirst().dropLast()
            }
            #expect(file.parameters(of: operation, in: "path") == Set(parts.map(String.init)), "\(operation.name)")
        }
    }

    @Test func `the parameters of the file are those that a route knows`() async throws {
        for operation in file.operations {
            let route = try route(operation)
            let known = file.parameters(of: operation, in: "query")
            let body = operation.document["requestBody"]?["required"] == true ? Self.bodies[operation.name] : nil
            let request = DashboardRequest.ofProgram(
                route, query: "nobody=1", body: body ?? "", headers: [.idempotencyKey: "k"])
            let answer = try await route.handler(request)
            #expect(answer.status.code == 422, "\(operation.name)")
            let problem = try JSONValue(try await answer.text)
            let detail = problem["errors"]?[0]?["detail"]?.text ?? ""
            let names = detail.split(separator: "they are ").last.map { $0.dropLast().split(separator: ", ") } ?? []
            let told = detail.contains("they are") ? Set(names.map(String.init)) : []
            #expect(told == known, "\(operation.name)")
        }
    }

    /// A body that is complete, for the routes that need one.
    private static let bodies = [
        "POST /campaigns/{campaign}/retry": #"{"where": "state = failed"}"#,
        "POST /campaigns/{campaign}/doubts/resolve": #"{"as": "called", "all": true}"#,
        "POST /replies/{id}/decide": #"{"as": "block"}"#,
        "POST /campaigns/{campaign}/contacts": #"[{"phone": "11999990001"}]"#,
    ]

    @Test func `the keys of a body in the file are those that a route knows`() async throws {
        for operation in file.operations {
            let schema = operation.document["requestBody"]?["content"]?["application/json"]?["schema"]
            guard let schema, file.resolved(schema)["type"] == "object" else { continue }
            let route = try route(operation)
            let answer = try await route.handler(.ofProgram(route, body: #"{"nobody": 1}"#))
            #expect(answer.status.code == 422, "\(operation.name)")
            let errors = try JSONValue(try await answer.text)["errors"]?.items ?? []
            let detail = errors.first { $0["field"] == "nobody" }?["detail"]?.text ?? ""
            let names = detail.split(separator: "the keys are ").last.map { $0.dropLast().split(separator: ", ") } ?? []
            let told = detail.contains("the keys are") ? Set(names.map(String.init)) : []
            #expect(
                told == Set(file.resolved(schema)["properties"]?.members.keys.map(\.self) ?? []), "\(operation.name)")
        }
    }

    @Test func `every operation tells the statuses that all of its kind may have`() {
        for operation in file.operations {
            let told = Set(operation.document["responses"]?.members.keys.map(\.self) ?? [])
            var expected: Set = ["401", "403", "421", "422", "429"]
            if operation.name != "GET /openapi.json" { expected.insert("503") }
            if operation.name.contains("{") { expected.insert("404") }
            if !operation.name.hasPrefix("GET") { expected.formUnion(["400", "404", "409", "413", "415"]) }
            if file.parameters(of: operation, in: "header").contains("If-None-Match") { expected.insert("304") }
            #expect(told.isSuperset(of: expected), "\(operation.name)")
        }
    }

    @Test func `every example fits its schema, and every problem is told as one`() {
        var count = 0
        for operation in file.operations {
            for (status, response) in operation.document["responses"]?.members ?? [:] {
                for (type, media) in file.resolved(response)["content"]?.members ?? [:] {
                    #expect((type == Problem.type) == (status >= "400"), "\(operation.name) \(status)")
                    for (_, example) in media["examples"]?.members ?? [:] {
                        count += 1
                        let faults = file.faults(example["value"] ?? .null, media["schema"] ?? .null)
                        #expect(faults.isEmpty, "\(operation.name) \(status)")
                    }
                }
            }
        }
        #expect(count > 100)
    }
}
