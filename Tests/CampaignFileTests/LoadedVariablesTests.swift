import CampaignCore
import CampaignFile
import Testing

/// What another process needs to read the same file.
@Suite struct `The variables of a loaded campaign` {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// Lines of a file with variables in each kind of place, and what they refer to besides the token.
    static let places: [(String, Set<String>)] = [
        ("", []), ("workers: 4", []), ("workers: ${W}", ["W"]), ("contacts: ${A}/${B}-${A}.csv", ["A", "B"]),
        ("share: ${W}\nfollow: ${T}", ["W", "T"]), ("pace: {calls: \"${W}\", per: \"${W}s\"}", ["W"]),
        ("columns: {phone: \"${A}\"}", ["A"]), ("country: ${C}", ["C"]), ("retry: {attempts: \"${W}\"}", ["W"]),
        ("    clientToken: ${A}", ["A"]), ("    warmup: [1, \"${W}\"]", ["W"]),
        ("    baseURL: http://127.0.0.1:${W}", ["W"]),
        ("window: {timezone: UTC, days: [\"${D}\"], from: 09:00, to: 18:00, overnight: \"${F}\"}", ["D", "F"]),
        ("brake: {failures: \"${W}%\", over: 20}  # ${B}", ["W"]), ("contacts: ${R}", ["R"]),
    ]

    static let values = [
        "ZAPI_INSTANCE_TOKEN": "tkn-5up3r", "W": "4", "C": "351", "A": "alpha", "B": "beta", "T": "true", "F": "false",
        "D": "mon",
        "R": "${A}", "UNUSED": "un-u53d",
    ]

    @Test(arguments: places.indices, [0, 1, 2])
    func `are those of its file, from wherever they came, and give the same campaign again`(
        place: Int, way: Int
    ) throws {
        let (line, names) = Self.places[place]
        try folder.write(Example.minimal(adding: line), to: "campaign.yml")
        // From the environment, from the env file, and some from each.
        var environment = Self.values
        var file: [String: String] = [:]
        for (index, name) in Self.values.keys.sorted().enumerated() where way == 1 || way == 2 && index % 2 == 0 {
            file[name] = environment.removeValue(forKey: name)
        }
        let lines = file.map { "\($0)='\($1)'" }.joined(separator: "\n")
        try folder.write(lines, to: ".env", mode: 0o600)
        let loaded = try CampaignFile.load(folder.path, environmentFile: nil, environment: environment)
        #expect(loaded.variables == Self.values.filter { names.union(["ZAPI_INSTANCE_TOKEN"]).contains($0.key) })
        // Not even read: it would be refused.
        try folder.write("ZAPI_INSTANCE_TOKEN=other\nW=9\n", to: ".env", mode: 0o644)
        #expect(try CampaignFile.load(folder.path, variables: loaded.variables) == loaded)
        #expect(try CampaignFile.load(loaded.path, variables: loaded.variables) == loaded)
    }

    @Test func `are all there is where they are given: an env file beside the campaign file adds none`() throws {
        try folder.write(Example.minimal(), to: "campaign.yml")
        try folder.write("ZAPI_INSTANCE_TOKEN=beside", to: ".env", mode: 0o600)
        let error = #expect(throws: CampaignFileError.self) { try CampaignFile.load(folder.path, variables: [:]) }
        #expect(error?.description.contains("the variable ZAPI_INSTANCE_TOKEN is not set") == true)
    }

    @Test func `are never printed`() throws {
        try folder.write(Example.minimal(id: "${A}"), to: "campaign.yml")
        let loaded = try CampaignFile.load(folder.path, variables: Self.values)
        var dumped = ""
        dump([loaded], to: &dumped)
        for text in ["\(loaded)", String(describing: [loaded]), String(reflecting: loaded), dumped] {
            #expect(!text.contains("tkn-5up3r") && !text.contains("alpha"), "\(text)")
            #expect(text.contains(folder.path))
        }
    }
}
