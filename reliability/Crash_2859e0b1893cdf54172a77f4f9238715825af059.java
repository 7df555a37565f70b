import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

public class Crash_2859e0b1893cdf54172a77f4f9238715825af059 {
    static final String base64Bytes = String.join("", "KG5vYm9keTw9XA==");

    public static void main(String[] args) throws Throwable {
        Crash_2859e0b1893cdf54172a77f4f9238715825af059.class.getClassLoader().setDefaultAssertionStatus(true);
        try {
            Method fuzzerInitialize = io.agents.reliability.FilterTarget.class.getMethod("fuzzerInitialize");
            fuzzerInitialize.invoke(null);
        } catch (NoSuchMethodException ignored) {
            try {
                Method fuzzerInitialize = io.agents.reliability.FilterTarget.class.getMethod("fuzzerInitialize", String[].class);
                fuzzerInitialize.invoke(null, (Object) args);
            } catch (NoSuchMethodException ignored1) {
            } catch (IllegalAccessException | InvocationTargetException e) {
                e.printStackTrace();
                System.exit(1);
            }
        } catch (IllegalAccessException | InvocationTargetException e) {
            e.printStackTrace();
            System.exit(1);
        }
        byte[] input = java.util.Base64.getDecoder().decode(base64Bytes);
        io.agents.reliability.FilterTarget.fuzzerTestOneInput(input);
    }
}