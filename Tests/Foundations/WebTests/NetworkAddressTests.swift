import Testing
import Web

struct NetworkAddressTests {
    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1"), ("192.0.2.1:4711", "192.0.2.1"), ("[2001:db8::1]:443", "2001:db8::1"),
        ("[2001:db8::1]", "2001:db8::1"), ("2001:DB8:0::1", "2001:db8::1"), ("::ffff:192.0.2.1", "192.0.2.1"),
        ("[::ffff:192.0.2.1]:80", "192.0.2.1"), ("::1", "::1"),
    ]) func `an address has one way to be written`(text: String, plain: String) {
        #expect(NetworkAddress.plain(text) == plain)
    }

    @Test(arguments: [
        "", "unknown", "_hidden", "<script>x</script>", "999.0.0.1", "[2001:db8::1", "192.0.2.1:80:90",
        String(repeating: "9", count: 60_000),
    ]) func `what is no address is none`(text: String) {
        #expect(NetworkAddress.plain(text) == nil)
    }
}
