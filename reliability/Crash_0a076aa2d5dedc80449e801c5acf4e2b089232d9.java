import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

public class Crash_0a076aa2d5dedc80449e801c5acf4e2b089232d9 {
    static final String base64Bytes = String.join("", "CmFnZW50AF1hPSJcdTIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAXG4i");

    public static void main(String[] args) throws Throwable {
        Crash_0a076aa2d5dedc80449e801c5acf4e2b089232d9.class.getClassLoader().setDefaultAssertionStatus(true);
        try {
            Method fuzzerInitialize = io.agents.reliability.ShellTarget.class.getMethod("fuzzerInitialize");
            fuzzerInitialize.invoke(null);
        } catch (NoSuchMethodException ignored) {
            try {
                Method fuzzerInitialize = io.agents.reliability.ShellTarget.class.getMethod("fuzzerInitialize", String[].class);
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
        io.agents.reliability.ShellTarget.fuzzerTestOneInput(input);
    }
}