package io.agents.registry.testkit;

import java.util.Dictionary;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;

/**
 * A reference to a service that needs no framework. Its bundle is null once the service is gone.
 */
final class FakeService implements ServiceReference<Object> {

  private final long id;
  private volatile Bundle bundle;
  private volatile Map<String, Object> properties;

  FakeService(long id, Bundle bundle, Map<String, ?> properties) {
    this.id = id;
    this.bundle = bundle;
    setProperties(properties);
  }

  void setProperties(Map<String, ?> changed) {
    Map<String, Object> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(changed);
    all.put(Constants.SERVICE_ID, id);
    all.put(Constants.OBJECTCLASS, new String[] {Object.class.getName()});
    properties = all;
  }

  /** What the framework does at the end of unregistering, after all listeners were told. */
  void goes() {
    bundle = null;
  }

  @Override
  public Object getProperty(String key) {
    return properties.get(key);
  }

  @Override
  public String[] getPropertyKeys() {
    return properties.keySet().toArray(String[]::new);
  }

  @Override
  public Dictionary<String, Object> getProperties() {
    return FrameworkUtil.asDictionary(properties);
  }

  @Override
  public Bundle getBundle() {
    return bundle;
  }

  @Override
  public Bundle[] getUsingBundles() {
    return null; // the way of the framework to say that nobody uses it
  }

  @Override
  public boolean isAssignableTo(Bundle other, String className) {
    return true;
  }

  /** Higher ranking is greater; with the same ranking, the lower service id is. */
  @Override
  public int compareTo(Object other) {
    FakeService that = (FakeService) other;
    int byRanking = Integer.compare(ranking(), that.ranking());
    return byRanking != 0 ? byRanking : Long.compare(that.id, id);
  }

  private int ranking() {
    return properties.get(Constants.SERVICE_RANKING) instanceof Integer ranking ? ranking : 0;
  }

  @Override
  public <A> A adapt(Class<A> type) {
    return null;
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(id);
  }

  @Override
  public String toString() {
    return "service " + id;
  }
}
