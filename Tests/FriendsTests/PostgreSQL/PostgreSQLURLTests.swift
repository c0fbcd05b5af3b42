import Testing

@testable import Friends

@Suite struct PostgreSQLURLTests {
    @Test func whatIsShownHasNoSecret() throws {
        let url = try PostgreSQLURL(
            "postgres://nearby:geheim@db.example:5433/people?sslmode=verify-full&sslpassword=auch")
        #expect(url.description == "postgres://nearby@db.example:5433/people")
        var dumped = ""
        dump(url, to: &dumped)
        for text in ["\(url)", url.debugDescription, String(reflecting: url), dumped] {
            #expect(!text.contains("geheim") && !text.contains("auch"))
        }
        #expect(url.options["sslmode"] == "verify-full")
    }

    @Test(arguments: ["", "mysql://x", "host=x password=geheim", "postgres://x:geheim@[h/x", "postgres://x?geheim=1"])
    func anythingElseIsRefusedAndNotRepeated(text: String) async {
        let error = #expect(throws: StoreError.self) { try PostgreSQLURL(text) }
        #expect(error?.code == .invalid && error?.context.contains("geheim") == false)
    }

    @Test func theURLOverridesOurDefaults() throws {
        let url = try PostgreSQLURL("postgresql://h/x?application_name=mine&options=-c%20statement_timeout%3D9")
        #expect(url.defaulting("application_name", to: "nearby").options["application_name"] == "mine")
        let both = url.prefixing(serverOptions: "-c statement_timeout=5").options["options"]
        #expect(both == "-c statement_timeout=5 -c statement_timeout=9")
    }
}
