import CampaignCore
import Testing

@Suite struct ColumnNamesTests {
    @Test(
        arguments: [
            ("phone=telefone", ColumnNames(phone: "telefone")),
            ("phone=telefone,name=nome,ddd=ddd", ColumnNames(phone: "telefone", name: "nome", ddd: "ddd")),
            (
                " phone = Telefone Celular , callduration=toque,DDI=7",
                ColumnNames(phone: "Telefone Celular", callDuration: "toque", ddi: "7")
            ),
            (
                "callaudiourl=Áudio,notBefore=none",
                .with {
                    $0.callAudioUrl = "Áudio"; $0.notBefore = "none"
                }
            ),
            ("phone=\"Tel, fixo\",name=n", ColumnNames(phone: "Tel, fixo", name: "n")),
            ("phone=\"diz \"\"olá\"\"\"", ColumnNames(phone: "diz \"olá\"")),
            ("phone=a=b", ColumnNames(phone: "a=b")),
            (
                "phone=a,name=n,phone=b,phone=\"c,d\"",
                .with { ($0.phone, $0.name, $0.furtherPhones) = ("a", "n", ["b", "c,d"]) }
            ),
            ("duration=none,audio=a", .with { ($0.callDuration, $0.callAudioUrl) = ("none", "a") }),
            ("phone=linha\r\ndupla", ColumnNames(phone: "linha\r\ndupla")),
        ])
    func `an option names columns`(_ text: String, _ names: ColumnNames) throws {
        #expect(try ColumnNames(parsing: text) == names)
    }

    @Test(
        arguments: [
            ("", .noEqualsSign(entry: "")), ("telefone", .noEqualsSign(entry: "telefone")),
            ("phone=a,", .noEqualsSign(entry: "")), ("fone=telefone", .unknownKey("fone")), ("=a", .unknownKey("")),
            ("phone=", .noName(key: "phone")), ("phone= ,name=x", .noName(key: "phone")),
            ("phone=\"\"", .noName(key: "phone")), ("name=a,name=b", .twice(key: "name")),
            ("duration=a,callDuration=b", .twice(key: "callDuration")),
            ("phone=\"a,name=b", .unclosedQuote),
        ] as [(String, ColumnNamesError)])
    func `an option that cannot be understood is an error in one sentence`(_ text: String, _ fault: ColumnNamesError) {
        let error = #expect(throws: ColumnNamesError.self) { try ColumnNames(parsing: text) }
        #expect(error == fault)
        #expect(error?.description.hasSuffix(".") == true)
    }

    @Test func `the error about a key lists the keys`() {
        #expect(
            ColumnNamesError.unknownKey("fone").description
                == "\"fone\" is not a known key; the keys are phone, name, callDuration, callAudioUrl, notBefore, ddd, ddi."
        )
    }

    @Test func `later names go before earlier ones, and leave the others`() {
        let file = ColumnNames(phone: "telefone", name: "nome", callDuration: "toque")
        let option = ColumnNames(phone: "celular", ddd: "ddd", ddi: "pais")
        #expect(
            file.merging(option)
                == ColumnNames(phone: "celular", name: "nome", callDuration: "toque", ddd: "ddd", ddi: "pais"))
        #expect(file.merging(ColumnNames()) == file)
        let several = ColumnNames.with { ($0.phone, $0.furtherPhones) = ("a", ["b"]) }
        #expect(several.merging(ColumnNames(name: "n")).furtherPhones == ["b"])
        #expect(several.merging(option).furtherPhones == [])
        #expect(file.merging(several).furtherPhones == ["b"])
        let others = ColumnNames.with {
            $0.callAudioUrl = "a"; $0.notBefore = "b"
        }
        #expect(
            others.merging(ColumnNames.with { $0.notBefore = "c" })
                == .with {
                    $0.callAudioUrl = "a"; $0.notBefore = "c"
                })
    }
}

extension ColumnNames {
    fileprivate static func with(_ change: (inout ColumnNames) -> Void) -> ColumnNames {
        var names = ColumnNames()
        change(&names)
        return names
    }
}
